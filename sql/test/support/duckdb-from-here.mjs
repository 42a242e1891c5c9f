/** Lets alicorn find the DuckDB of this folder, wherever alicorn itself lies: for `module.register`. */
export function resolve(specifier, context, next) {
  return next(specifier, specifier === "@duckdb/node-api" ? { ...context, parentURL: import.meta.url } : context);
}
