-- One row a search, as searches.tsv has it; scores and reasons are alicorn's own and stand there.
SELECT
  search AS "Search",
  coalesce(argMax(query, ordinal) FILTER (WHERE query <> ''), '') AS "Query",
  CASE
    WHEN count(*) FILTER (WHERE role = 'keystroke') > 0
    THEN argMin(time_stamp, ordinal) FILTER (WHERE role = 'keystroke')
    ELSE argMin(time_stamp, ordinal)
  END AS "First Time",
  CASE
    WHEN count(*) FILTER (WHERE role = 'keystroke') > 0
    THEN argMax(time_stamp, ordinal) FILTER (WHERE role = 'keystroke')
    ELSE argMax(time_stamp, ordinal)
  END AS "Last Time",
  count(*) FILTER (WHERE role = 'keystroke') AS "Keystrokes",
  count(*) FILTER (WHERE role = 'result') AS "Times Run",
  argMin(platform, ordinal) AS "Platform",
  -- The row that ran it knows the address better than the first keystroke: results come first.
  argMin(CASE WHEN ip = '' THEN 'No Data' ELSE ip END, CASE WHEN role = 'result' THEN ordinal ELSE ordinal + 1000000000000 END)
    AS "Attributed IP",
  argMin(confidence, CASE WHEN role = 'result' THEN ordinal ELSE ordinal + 1000000000000 END) AS "Confidence",
  argMin(ip_basis, CASE WHEN role = 'result' THEN ordinal ELSE ordinal + 1000000000000 END) AS "Attribution",
  coalesce(argMin(time_stamp, ordinal) FILTER (WHERE role = 'result'), '') AS "First Run",
  coalesce(argMax(time_stamp, ordinal) FILTER (WHERE role = 'result'), '') AS "Last Run",
  argMin(session, ordinal) AS "Session ID",
  mailbox AS "Mailbox",
  argMin(source_file, ordinal) AS "Source File",
  argMin(source_row, ordinal) AS "Source Row"
FROM events
WHERE search IS NOT NULL
GROUP BY bundle, mailbox_number, mailbox, search
ORDER BY bundle, mailbox_number, search
