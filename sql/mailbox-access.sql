-- The tumbling windows of mailbox-access.tsv, as Splunk's rule "O365 Multiple Mailboxes Accessed via API"
-- (7cd853e9-d370-412f-965d-a2bcff2a2908, version 9) counts them: more than five users of one application, ClientInfoString
-- and organisation in ten minutes, aligned to 1970. What a record does not name counts as the value 0. Allow applications
-- and addresses in `counted`, where the remark stands.
WITH
counted AS (
  SELECT
    bundle, source_file, source_row, client_app_id, owner, user_name,
    ticks - (ticks % 6000000000 + 6000000000) % 6000000000 AS start,
    CASE WHEN client_info = '' THEN '0' ELSE client_info END AS client,
    CASE WHEN organization = '' THEN '0' ELSE organization END AS tenant,
    CASE WHEN user_name = '' THEN '0' ELSE user_name END AS person,
    CASE WHEN ip_basis = 'recorded' THEN ip ELSE '' END AS address,
    row_number() OVER (ORDER BY ticks, bundle, source_file, source_row, ordinal) AS place
  FROM events
  WHERE ticks IS NOT NULL
    AND folded(operation) = 'mailitemsaccessed'
    AND folded(workload) = 'exchange'
    AND app_id <> ''
    AND client_app_id <> ''
    AND (folded(app_id) = '00000003-0000-0000-c000-000000000000'
      OR client_info LIKE 'Client=WebServices;ExchangeWebServices%')
    -- AND client_app_id NOT IN ('…') AND ip NOT IN ('…')
),
windows AS (
  SELECT start, client_app_id, client, tenant, min(place) AS first,
    count(DISTINCT person) AS users, count(DISTINCT (bundle, source_file, source_row)) AS records
  FROM counted
  GROUP BY start, client_app_id, client, tenant
  HAVING count(DISTINCT person) > 5
),
-- Names in the order of their first use.
entries AS (
  SELECT w.first AS first, c.place AS place, c.person AS person, c.address AS address,
    CASE WHEN c.owner = '' THEN c.user_name ELSE c.owner END AS owner
  FROM counted AS c
  JOIN windows AS w
    ON w.start = c.start AND w.client_app_id = c.client_app_id AND w.client = c.client AND w.tenant = c.tenant
),
people AS (
  SELECT first, in_order(array_agg((met, person))) AS names
  FROM (SELECT first, person, min(place) AS met FROM entries GROUP BY first, person) AS p
  GROUP BY first
),
addresses AS (
  SELECT first, in_order(array_agg((met, address))) AS names
  FROM (SELECT first, address, min(place) AS met FROM entries WHERE address <> '' GROUP BY first, address) AS a
  GROUP BY first
),
-- A mailbox is one in any case of letters, and is written as it is where the log names it first.
spelled AS (
  SELECT folded(owner) AS same, argMin(owner, (bundle, source_file, source_row)) AS owner
  FROM (
    SELECT bundle, source_file, source_row, CASE WHEN owner = '' THEN user_name ELSE owner END AS owner
    FROM events
    WHERE folded(operation) = 'mailitemsaccessed'
  ) AS n
  GROUP BY folded(owner)
),
owners AS (
  SELECT o.first AS first, in_order(array_agg((o.met, s.owner))) AS names
  FROM (SELECT first, folded(owner) AS same, min(place) AS met FROM entries WHERE owner <> '' GROUP BY first, folded(owner)) AS o
  JOIN spelled AS s ON s.same = o.same
  GROUP BY o.first
)
SELECT
  substring(CAST(CAST('1970-01-01 00:00:00' AS TIMESTAMP) + INTERVAL (CAST(w.start / 10000000 AS BIGINT)) SECOND AS VARCHAR), 1, 10)
    || 'T'
    || substring(CAST(CAST('1970-01-01 00:00:00' AS TIMESTAMP) + INTERVAL (CAST(w.start / 10000000 AS BIGINT)) SECOND AS VARCHAR), 12, 8)
    || '.0000000Z' AS "Window Start",
  substring(CAST(CAST('1970-01-01 00:00:00' AS TIMESTAMP) + INTERVAL (CAST(w.start / 10000000 AS BIGINT) + 600) SECOND AS VARCHAR), 1, 10)
    || 'T'
    || substring(CAST(CAST('1970-01-01 00:00:00' AS TIMESTAMP) + INTERVAL (CAST(w.start / 10000000 AS BIGINT) + 600) SECOND AS VARCHAR), 12, 8)
    || '.0000000Z' AS "Window End",
  'tumbling' AS "Mode",
  w.client_app_id AS "Client App ID",
  w.client AS "Client Info String",
  w.tenant AS "Organization",
  w.users AS "Unique Mailboxes",
  p.names AS "Users",
  coalesce(a.names, '') AS "Source IPs",
  w.records AS "Records",
  w.users AS "Most At Once",
  coalesce(o.names, '') AS "Mailboxes",
  c.source_file AS "Source File",
  c.source_row AS "Source Row"
FROM windows AS w
JOIN counted AS c ON c.place = w.first
JOIN people AS p ON p.first = w.first
LEFT JOIN addresses AS a ON a.first = w.first
LEFT JOIN owners AS o ON o.first = w.first
ORDER BY w.start, w.client_app_id, w.tenant, w.client
