import { leftOutWords } from "../habits.ts";
import { percent } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressCountry = scoring({
  id: "address-country",
  about: "address",
  title: "Logon from a country that is not the owner's",
  description:
    "The country of each address is compared with the mailbox's own habit: the countries seen on a fair share of its active days over the whole export, before and after. --home-country says them outright.",
  requires:
    "successful logons with addresses, or audit records that carry one, and a country or city database that knows them",
  falsePositives: [
    "A travelling owner; see whether client, habits and the days around fit a journey.",
    "A VPN or a company's gateway abroad; a mobile network that leaves through another country.",
    "An old or wrong database entry: compare its build date with the event's.",
  ],
  blindSpots: ["An intruder who uses addresses in the owner's own country.", "Addresses no database knows."],
  references: ["https://attack.mitre.org/techniques/T1078/004/"],
  attack: ["T1078.004"],
  nextSteps: ["Ask the owner where they were on these days.", "Look up who held the address at that time."],
  settings: {
    foreign: { is: 25, says: "points where the country is seen on hardly any day" },
    uncommon: { is: 10, says: "points where it is seen on some days, without being one of the owner's countries" },
    hardly: { is: 0.15, says: "share of the active days up to which a country is seen on hardly any" },
  },
  assess(picture, { foreign, uncommon, hardly }) {
    const fired: Fired[] = [];
    let known = 0;
    for (const { address, entered, place, outside } of picture.addresses.values()) {
      if (place.country === "") continue;
      known++;
      if (!outside || picture.home.has(place.country) || entered.length === 0) continue;
      const days = picture.countryDays.get(place.country) ?? { all: 0, habitual: 0 };
      const shareOf = (count: number) => count / Math.max(1, picture.days);
      fired.push({
        entity: address,
        text: `country ${place.country}, seen on ${percent(shareOf(days.all))} of the active days${leftOutWords(days)}; the mailbox's own: ${[...picture.home].join(", ")}`,
        points: shareOf(days.habitual) <= hardly ? foreign : uncommon,
        rows: entered,
      });
    }
    return { fired, missing: known === 0 ? "no database knows a country of any address" : undefined };
  },
});
