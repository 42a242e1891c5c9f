-- What DuckDB is told before a search; the view `events` comes from the bundles that are asked.

-- The capital I with a dot above becomes a small i and the dot, as alicorn and ClickHouse fold it.
CREATE MACRO folded(text) AS lower(replace(text, chr(304), 'i' || chr(775)));

-- The second parts of pairs in the order of the first, as the tables list names: 200 of them, and how many are left.
CREATE MACRO in_order(pairs) AS
  array_to_string(list_transform(list_sort(pairs)[1:200], lambda pair: pair[2]), '; ')
  || CASE WHEN len(pairs) > 200 THEN '; … and ' || (len(pairs) - 200) || ' more' ELSE '' END;
