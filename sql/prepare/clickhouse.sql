-- What ClickHouse is told before a search: settings under which it takes standard SQL as it is written, and two functions,
-- which a server keeps; the settings belong into the profile of those who ask.
SET session_timezone = 'UTC';
-- Nothing found in a LEFT JOIN is NULL and no empty text.
SET join_use_nulls = 1;
SET cast_keep_nullable = 1;
-- `subject` is the column, whatever else is called so.
SET prefer_column_name_to_alias = 1;
-- The folders' names say less than the files do.
SET use_hive_partitioning = 0;

CREATE FUNCTION IF NOT EXISTS folded AS (text) -> lowerUTF8(text);

-- The second parts of pairs in the order of the first, as the tables list names: 200 of them, and how many are left.
CREATE FUNCTION IF NOT EXISTS in_order AS (pairs) ->
  arrayStringConcat(arrayMap(pair -> pair.2, arraySlice(arraySort(pairs), 1, 200)), '; ')
  || if(length(pairs) > 200, '; … and ' || toString(length(pairs) - 200) || ' more', '');
