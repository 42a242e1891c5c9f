-- What each address did: the counts of ip-scores.tsv; scores and places are alicorn's own and stand there. Deliveries are
-- nobody's deed, the end of a display is no second one, and a search is the deed of the address that ran it.
WITH
found AS (
  SELECT bundle, mailbox_number, search,
    argMin(ip, CASE WHEN role = 'result' THEN ordinal ELSE ordinal + 1000000000000 END) AS address
  FROM events
  WHERE search IS NOT NULL AND ticks IS NOT NULL
  GROUP BY bundle, mailbox_number, search
),
searched AS (
  SELECT bundle, mailbox_number, address, count(*) AS searches FROM found GROUP BY bundle, mailbox_number, address
),
done AS (
  SELECT bundle, mailbox_number, mailbox, ip,
    argMin(time_stamp, ordinal) AS first_seen,
    argMax(time_stamp, ordinal) AS last_seen,
    count(*) FILTER (WHERE family = 'logon' AND successful) AS logons,
    count(*) FILTER (WHERE family = 'logon' AND NOT successful) AS failed,
    count(*) FILTER (WHERE family = 'read' AND role <> 'end') AS reads,
    count(*) FILTER (WHERE family = 'attachment' AND role <> 'end') AS attachments,
    argMin(source_file, ordinal) AS source_file,
    argMin(source_row, ordinal) AS source_row
  FROM events
  WHERE ticks IS NOT NULL AND ip <> '' AND role <> 'delivered'
  GROUP BY bundle, mailbox_number, mailbox, ip
)
SELECT
  d.ip AS "IP",
  d.first_seen AS "First Seen",
  d.last_seen AS "Last Seen",
  d.logons AS "Logons",
  d.failed AS "Failed Logons",
  d.reads AS "Reads",
  coalesce(s.searches, 0) AS "Searches",
  d.attachments AS "Attachments",
  d.mailbox AS "Mailbox",
  d.source_file AS "Source File",
  d.source_row AS "Source Row"
FROM done AS d
LEFT JOIN searched AS s ON s.bundle = d.bundle AND s.mailbox_number = d.mailbox_number AND s.address = d.ip
ORDER BY d.bundle, d.mailbox_number, d.ip
