-- How often each address did what, and when first and last: stacks of the timeline's IP and Type. An empty IP: no address
-- can be given. Times that cannot be read stand here only where none can be.
SELECT
  ip AS "IP",
  type AS "Type",
  count(*) AS "Rows",
  argMin(time_stamp, ordinal) AS "First Time",
  argMax(time_stamp, CASE WHEN ticks IS NULL THEN -ordinal ELSE ordinal END) AS "Last Time",
  mailbox AS "Mailbox",
  argMin(source_file, ordinal) AS "Source File",
  argMin(source_row, ordinal) AS "Source Row"
FROM events
GROUP BY bundle, mailbox_number, mailbox, ip, type
ORDER BY bundle, mailbox_number, count(*) DESC, ip, type
