import type { ActivityExample } from "../example.ts";

function displayed(name: string, role: string): ActivityExample {
  return {
    name: `${name} is a message on display`,
    record: { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityIdType: name, ActivityItemId: "item-1" },
    type: { family: "read", role, access: "opened" },
  };
}

export const examples: readonly ActivityExample[] = [
  displayed("ReadingPaneDisplayStart", "start"),
  displayed("ReadingPaneDisplayEnd", "end"),
  displayed("InspectorDisplayStart", "start"),
  displayed("InspectorDisplayEnd", "end"),
];
