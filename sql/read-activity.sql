-- Messages on display, bound or synchronised, with what is known of each message: read-activity-by-time.tsv.
SELECT
  CASE
    WHEN position('T' IN time_stamp) > 0 THEN substring(time_stamp, 1, position('T' IN time_stamp) - 1)
    ELSE time_stamp
  END AS "Date",
  CASE WHEN position('T' IN time_stamp) > 0 THEN substring(time_stamp, position('T' IN time_stamp) + 1) ELSE '' END
    AS "Time",
  type AS "Type",
  platform AS "Platform",
  coalesce(subject, 'No Data') AS "Subject",
  coalesce(sender, 'No Data') AS "From",
  coalesce(received, 'No Data') AS "Received Date",
  coalesce(last_login_ip, 'No Data') AS "Last Login IP",
  CASE WHEN ip = '' THEN 'No Data' ELSE ip END AS "Attributed IP",
  ip_basis AS "Attribution",
  confidence AS "Confidence",
  logon_time AS "Logon Time",
  other_ips AS "Other IPs",
  access AS "Access",
  CASE
    WHEN dwell_seconds IS NULL THEN ''
    WHEN position('.' IN CAST(dwell_seconds AS VARCHAR)) > 0
    THEN TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM CAST(dwell_seconds AS VARCHAR)))
    ELSE CAST(dwell_seconds AS VARCHAR)
  END AS "Dwell Seconds",
  coalesce(recipients, 'No Data') AS "Recipients",
  coalesce(folder, 'No Data') AS "Folder",
  coalesce(internet_message_id, 'No Data') AS "Internet Message ID",
  metadata AS "Metadata",
  item_id AS "Activity Item ID",
  session AS "Session ID",
  client_info AS "Client",
  coalesce(CAST(operation_count AS VARCHAR), '') AS "Operation Count",
  CASE WHEN throttled THEN 'yes' ELSE '' END AS "Throttled",
  mailbox AS "Mailbox",
  source_file AS "Source File",
  source_row AS "Source Row"
FROM events
WHERE family = 'read'
ORDER BY ticks ASC NULLS LAST, bundle, source_number, source_row, mailbox_number, ordinal
