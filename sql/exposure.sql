-- Messages whose content somebody came to by an action on them, in order of first access: exposure.tsv without what a
-- client exposed that copied a whole mailbox or folder, and without what rules say of the addresses.
WITH
accesses AS (
  -- The end of a display is an access of its own only where its start is not logged; a closing one says until when.
  SELECT *, CASE confidence WHEN 'certain' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END AS sure
  FROM events
  WHERE message_item IS NOT NULL AND access <> '' AND access <> 'folder-synced'
),
ways AS (
  SELECT bundle, mailbox_number, message_item, access, count(*) AS times,
    CASE access WHEN 'opened' THEN 1 WHEN 'attachment-opened' THEN 2 WHEN 'marked-read' THEN 3 ELSE 4 END AS strength
  FROM accesses
  WHERE NOT closing
  GROUP BY bundle, mailbox_number, message_item, access
),
counted AS (
  SELECT bundle, mailbox_number, message_item, in_order(array_agg((strength, access))) AS ways, sum(times) AS times
  FROM ways
  GROUP BY bundle, mailbox_number, message_item
),
addresses AS (
  SELECT bundle, mailbox_number, message_item, ip, min(ordinal) AS met, argMax(confidence, sure) AS surest
  FROM accesses
  WHERE ip <> '' AND NOT closing
  GROUP BY bundle, mailbox_number, message_item, ip
),
listed AS (
  SELECT bundle, mailbox_number, message_item,
    in_order(array_agg((met, ip))) AS ips, in_order(array_agg((met, surest))) AS confidences
  FROM addresses
  GROUP BY bundle, mailbox_number, message_item
),
times AS (
  SELECT bundle, mailbox_number, message_item, min(ordinal) AS first,
    argMin(time_stamp, ordinal) AS first_time,
    -- What has no readable time stands last and is the last access only where no other can be read: then the first of them.
    argMax(time_stamp, CASE WHEN ticks IS NULL THEN -ordinal ELSE ordinal END) AS last_time,
    CAST(sum(dwell_seconds) AS VARCHAR) AS dwell,
    argMin(mailbox, ordinal) AS mailbox, argMin(source_file, ordinal) AS source_file, argMin(source_row, ordinal) AS source_row
  FROM accesses
  GROUP BY bundle, mailbox_number, message_item
),
facts AS (
  -- A moved item's own rows may know less than those of its delivery.
  SELECT bundle, mailbox_number, message_item, min(message_item_id) AS item_id,
    argMin(coalesce(subject, 'No Data'), CASE WHEN item_id = message_item_id THEN ordinal ELSE ordinal + 1000000000000 END) AS subject,
    argMin(coalesce(sender, 'No Data'), CASE WHEN item_id = message_item_id THEN ordinal ELSE ordinal + 1000000000000 END) AS sender,
    argMin(coalesce(received, 'No Data'), CASE WHEN item_id = message_item_id THEN ordinal ELSE ordinal + 1000000000000 END) AS received,
    argMin(coalesce(internet_message_id, 'No Data'), CASE WHEN item_id = message_item_id THEN ordinal ELSE ordinal + 1000000000000 END) AS message_id
  FROM events
  WHERE message_item IS NOT NULL
  GROUP BY bundle, mailbox_number, message_item
)
SELECT
  f.subject AS "Subject",
  f.sender AS "From",
  f.received AS "Received Date",
  f.message_id AS "Internet Message ID",
  f.item_id AS "Activity Item ID",
  c.ways AS "Access",
  t.first_time AS "First Access",
  t.last_time AS "Last Access",
  c.times AS "Accesses",
  CASE
    WHEN t.dwell IS NULL THEN ''
    WHEN position('.' IN t.dwell) > 0 THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM t.dwell))
    ELSE t.dwell
  END AS "Dwell Seconds",
  coalesce(l.ips, '') AS "IPs",
  coalesce(l.confidences, '') AS "Confidence",
  t.mailbox AS "Mailbox",
  t.source_file AS "Source File",
  t.source_row AS "Source Row"
FROM times AS t
JOIN facts AS f ON f.bundle = t.bundle AND f.mailbox_number = t.mailbox_number AND f.message_item = t.message_item
JOIN counted AS c ON c.bundle = t.bundle AND c.mailbox_number = t.mailbox_number AND c.message_item = t.message_item
LEFT JOIN listed AS l ON l.bundle = t.bundle AND l.mailbox_number = t.mailbox_number AND l.message_item = t.message_item
ORDER BY t.bundle, t.mailbox_number, t.first
