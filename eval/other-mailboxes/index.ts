import { truthOf } from "../labelled.ts";
import type { LabelledMailbox, Planned, SetName } from "../labelled.ts";
import { DAY, HOUR, weekdayOf } from "./clock.ts";
import { planDay } from "./days.ts";
import { diceOf } from "./dice.ts";
import type { Dice } from "./dice.ts";
import { planAttack, planSpray } from "./intruder.ts";
import { arrive, finish, later, newLog } from "./log.ts";
import type { Log, Shape } from "./log.ts";
import { addressBook, OWNER_COUNTRIES } from "./networks.ts";
import { makeOwner } from "./owner.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

const USERS = ["aoife.o'shea@brightwater.example", "jonas@kestrel-group.example", "p.mbeki@solway.example"];

function shapeOf(dice: Dice, shape: Partial<Shape>): Shape {
  return {
    webLogons: dice.odds(0.8),
    joined: dice.odds(0.5),
    desktopPanes: dice.odds(0.4),
    lost: dice.of([0, 0.003, 0.01]),
    trimmed: dice.odds(0.3),
    ...shape,
  };
}

function planMail(log: Log, dice: Dice, start: number, days: number, perDay: number): void {
  const topic = (): "money" | "work" | "letters" => dice.of(["money", "work", "work", "letters"]);
  for (let i = 0; i < 30; i += 1) arrive(log, start - dice.range(1, 400) * HOUR, topic(), false);
  for (let day = 0; day < days; day += 1) {
    const midnight = start + day * DAY;
    const count = Math.round(perDay * (weekdayOf(midnight) % 6 === 0 ? 0.25 : 0.7 + dice.unit() * 0.6));
    for (let i = 0; i < count; i += 1) {
      const at = midnight + dice.range(0, DAY - 1);
      const about = topic();
      later(log, at, () => arrive(log, at, about));
    }
  }
}

/** Makes the mailbox of a scenario. The same scenario, seed and set give the same rows, byte by byte. */
function makeMailbox(scenario: Scenario, seed: string, set: SetName): LabelledMailbox {
  const dice = diceOf(seed);
  const { days, perDay, ground, attack } = scenario;
  const start = Date.UTC(2018, 0, 1) + dice.range(-40, 90) * DAY;
  const user = dice.of(USERS);
  const country = dice.of(Object.keys(OWNER_COUNTRIES));
  const log = newLog(dice.split("records"), user, shapeOf(dice.split("shape"), scenario.shape));
  const book = addressBook(dice.split("addresses"), country, ground);
  const habits = { ...scenario.habits, proxy: scenario.habits.proxy || dice.odds(0.25) };
  const owner = makeOwner(dice.split("owner"), book, habits, start, days);
  planMail(log, dice.split("mail"), start, days, perDay);
  for (let day = 0; day < days; day += 1) planDay(log, dice.split(`day ${day}`), owner, start, day, perDay);
  if (attack !== undefined) planAttack(log, dice.split("attack"), attack, book, owner, start, days);
  if (scenario.spray) planSpray(log, dice.split("spray"), book, start, days);
  const rows = finish(log, start, start + days * DAY);
  const name = `${scenario.name} (${country})`;
  return { seed, set, generator: "other", scenario: name, user, rows, truth: truthOf(rows, log.queries) };
}

/**
 * Every scenario twice, once in each set.
 *
 * @param salt ends every seed: another one gives other mailboxes of the same scenarios.
 */
export function otherMailboxes(salt = ""): Planned[] {
  const sets: readonly SetName[] = ["tune", "report"];
  return sets.flatMap((set) =>
    SCENARIOS.map((scenario, index) => {
      const seed = `other-${set}-${String(index).padStart(2, "0")}${salt}`;
      return { seed, set, generator: "other" as const, make: () => makeMailbox(scenario, seed, set) };
    }),
  );
}
