/**
 * Writes src/render/html/world.ts: the outlines and the middles of countries that the report's map needs.
 *
 *     npx tsx scripts/bake-world.ts && npx oxfmt src/render/html/world.ts
 *
 * Outlines are those of world-atlas countries-110m, middles those of countries-50m, which knows small states as well;
 * both are made of Natural Earth, which is in the public domain.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid } from "d3-geo";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

type Country = Feature<Polygon | MultiPolygon, { name: string }>;
type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

const require = createRequire(import.meta.url);
const names = new Intl.DisplayNames(["en"], { type: "region" });

/** Places that have a code of their own and that Natural Earth counts to another country, or leaves out. */
const FURTHER: Readonly<Record<string, readonly [number, number]>> = {
  BQ: [-68.3, 12.2],
  BV: [3.4, -54.4],
  CC: [96.8, -12.2],
  CX: [105.7, -10.5],
  GF: [-53.2, 3.9],
  GI: [-5.4, 36.1],
  GP: [-61.5, 16.2],
  MQ: [-61, 14.7],
  RE: [55.5, -21.1],
  SJ: [16.4, 78.6],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  UM: [166.6, 19.3],
  YT: [45.1, -12.8],
};

function countries(file: string): readonly Country[] {
  const atlas = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}`), "utf8")) as Atlas;
  const { features } = feature(atlas, atlas.objects.countries);
  return features as readonly Country[];
}

/** ISO 3166-1 alpha-2 of a numeric code: Unicode lists the numbers as aliases. Kosovo has no number. */
function codeOf({ id, properties }: Country): string {
  if (id === undefined) return properties.name === "Kosovo" ? "XK" : "";
  return new Intl.Locale(`und-${String(id)}`).region ?? "";
}

const polygonsOf = ({ geometry }: Country) =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** The middle of the largest part: that of France is not in the Atlantic. */
function middleOf(country: Country): readonly [number, number] {
  const parts = polygonsOf(country).map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  const [largest] = parts.sort((a, b) => geoArea(b) - geoArea(a));
  const [longitude, latitude] = geoCentroid(largest ?? country);
  return [Math.round(longitude * 10) / 10, Math.round(latitude * 10) / 10];
}

/** A ring as tenths of a degree, each point as its distance from the one before; undefined where nothing is left. */
function ringText(ring: readonly Position[]): string | undefined {
  const points: [number, number][] = [];
  for (const [longitude = 0, latitude = 0] of ring) {
    const point: [number, number] = [Math.round(longitude * 10), Math.round(latitude * 10)];
    const last = points.at(-1);
    if (last?.[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  const outline = { type: "Polygon" as const, coordinates: [points.map(([x, y]) => [x / 10, y / 10])] };
  // A sliver that rounding turned inside out would be all of the globe.
  if (points.length < 4 || geoArea(outline) > 2 * Math.PI) return undefined;
  let [beforeX, beforeY] = [0, 0];
  const steps = points.map(([x, y]) => {
    const step = `${x - beforeX},${y - beforeY}`;
    [beforeX, beforeY] = [x, y];
    return step;
  });
  return steps.join(" ");
}

const shapes = new Map<string, string>();
const withoutCode: string[] = [];
for (const country of countries("countries-110m.json")) {
  const code = codeOf(country);
  if (code === "AQ") continue;
  // Holes are left out: the states inside of others are drawn on top.
  const rings = polygonsOf(country).flatMap(([outer = []]) => ringText(outer) ?? []);
  if (code === "") withoutCode.push(...rings);
  else shapes.set(code, rings.join(";"));
}
const middles = new Map<string, readonly [number, number]>(Object.entries(FURTHER));
// The last of equal codes counts: smaller islands with their country's code come before the country itself.
for (const country of [...countries("countries-50m.json")].sort((a, b) => geoArea(a) - geoArea(b))) {
  const code = codeOf(country);
  if (code !== "") middles.set(code, middleOf(country));
}
const lines = [...middles.keys()]
  .sort()
  .map(
    (code) =>
      `  [${[code, names.of(code) ?? code].map((text) => JSON.stringify(text)).join(", ")}, ${(middles.get(code) ?? []).join(", ")}, ${JSON.stringify(shapes.get(code) ?? "")}],`,
  );

writeFileSync(
  new URL("../src/render/html/world.ts", import.meta.url),
  `/**
 * Countries for the map: written by scripts/bake-world.ts, not by hand.
 *
 * Outlines and middles are made of world-atlas 2.0.2 (countries-110m and countries-50m, Copyright 2013-2019 Michael
 * Bostock, ISC licence: permission to use, copy, modify, and/or distribute for any purpose with or without fee), which is
 * made of Natural Earth (public domain, naturalearthdata.com). English names are Unicode CLDR's. Borders are for
 * orientation and say nothing about sovereignty.
 */

/** ISO 3166-1 alpha-2, English name, longitude and latitude of the middle, rings (see ringsOf) or nothing. */
export type BakedCountry = readonly [code: string, name: string, longitude: number, latitude: number, rings: string];

export const BAKED_COUNTRIES: readonly BakedCountry[] = [
${lines.join("\n")}
];

/** Outlines of places without a code. */
export const FURTHER_RINGS = ${JSON.stringify(withoutCode.join(";"))};
`,
);
