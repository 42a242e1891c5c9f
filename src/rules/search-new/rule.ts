import { scoring } from "../rule.ts";

export const searchNew = scoring({
  id: "search-new",
  about: "search",
  title: "A query that the owner never used",
  description:
    "The query, case, accents and spaces aside, was never run from a familiar address, and this time came from one that is not familiar.",
  requires: "searches that are attributed to familiar addresses as well",
  falsePositives: ["Every query is new once; this counts little by itself."],
  blindSpots: ["Queries that owner and intruder share."],
  references: [],
  attack: [],
  nextSteps: [],
  settings: { never: { is: 5, says: "points for a query that is new" } },
  assess(picture, { never }) {
    const isFamiliar = (address: string) => picture.addresses.get(address)?.familiar === true;
    const own = new Set(
      picture.searches.filter(({ address }) => isFamiliar(address)).map(({ normalised }) => normalised),
    );
    if (own.size === 0) return { fired: [], missing: "no search is attributed to a familiar address" };
    const fired = picture.searches
      .filter(
        ({ address, normalised }) =>
          address !== "" && normalised !== "" && !isFamiliar(address) && !own.has(normalised),
      )
      .map(({ number, search }) => ({
        entity: String(number),
        text: "never used from a familiar address",
        points: never,
        rows: [search.first.row],
      }));
    return { fired };
  },
});
