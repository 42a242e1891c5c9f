import { geoEqualEarth, geoPath } from "d3-geo";
import type { MultiPolygon, Position } from "geojson";
import type { Markup } from "./markup.ts";
import { html } from "./markup.ts";
import { BAKED_COUNTRIES, FURTHER_RINGS } from "./world.ts";

/** Size of the map in its own units. */
export const MAP_WIDTH = 960;
export const MAP_HEIGHT = 440;

const byCode = new Map(BAKED_COUNTRIES.map((country) => [country[0], country]));

/** The English name of an ISO 3166-1 alpha-2 code; the code itself where it is none. */
export function countryName(code: string): string {
  return byCode.get(code)?.[1] ?? code;
}

/** Rings of `dx,dy dx,dy…;…` in tenths of a degree, each point as its distance from the one before. */
function ringsOf(text: string): Position[][] {
  if (text === "") return [];
  return text.split(";").map((ring) => {
    let [longitude, latitude] = [0, 0];
    return ring.split(" ").map((step) => {
      const [x = 0, y = 0] = step.split(",").map(Number);
      longitude += x;
      latitude += y;
      return [longitude / 10, latitude / 10];
    });
  });
}

const shapeOf = (rings: string): MultiPolygon => ({
  type: "MultiPolygon",
  coordinates: ringsOf(rings).map((ring) => [ring]),
});

/** Everything with people in it, so that the frame is not half Antarctica. */
const FRAME = {
  type: "MultiPoint" as const,
  coordinates: [
    [-168, 0],
    [179, 0],
    [0, 82],
    [0, -56],
  ],
};

const projection = geoEqualEarth().fitExtent(
  [
    [4, 4],
    [MAP_WIDTH - 4, MAP_HEIGHT - 4],
  ],
  FRAME,
);
const path = geoPath(projection).digits(1);

/** The land of the world as a symbol `world` that every map of the page uses. */
export function worldSymbol(): Markup {
  const shapes = [...BAKED_COUNTRIES.map((country) => country[4]), FURTHER_RINGS];
  const outlines = shapes.filter((rings) => rings !== "").map((rings) => path(shapeOf(rings)) ?? "");
  return html`<symbol id="world" viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}"><path d="${outlines.join("")}" /></symbol>`;
}

/** A country's outline; undefined where the map has none. */
export function outlineOf(code: string): string | undefined {
  const rings = byCode.get(code)?.[4] ?? "";
  return rings === "" ? undefined : (path(shapeOf(rings)) ?? undefined);
}

/** The middle of a country on the map; undefined for an unknown code. */
export function middleOf(code: string): readonly [number, number] | undefined {
  const country = byCode.get(code);
  if (country === undefined) return undefined;
  const point = projection([country[2], country[3]]);
  return point === null ? undefined : [Math.round(point[0] * 10) / 10, Math.round(point[1] * 10) / 10];
}
