/** An application that intruders are known to connect to mailboxes. Most are honest products in the wrong hands. */
export interface AbusedApp {
  readonly name: string;
  /** Which public lists name it. */
  readonly sources: readonly string[];
}

/** The community's list at huntresslabs.github.io/rogueapps. */
const HUNTRESS = "Huntress RogueApps";
/** The curated list of the CyberDrain Improved Partner Portal, as its documentation prints it. */
const CIPP = "CIPP rogue apps";
/** Ids in public responders' scripts, which say that they have them from Huntress and from CrowdStrike's rules. */
const RESPONDERS = "responders' scripts";

/** By id in lower case. Compared in November 2026; lists of this kind grow, so that an id which is not here is not cleared. */
export const ABUSED_APPS: Readonly<Record<string, AbusedApp>> = {
  "179d5108-412b-4c95-8e34-06786784ab39": { name: "PostBox", sources: [CIPP, RESPONDERS] },
  "1a9b8d93-0d60-4835-896f-83016de95ff5": { name: "Teleforge Directory", sources: [CIPP] },
  "231575bc-9f6c-4539-9241-5cfae696b630": { name: "Foxmail", sources: [CIPP] },
  "2ef68ccc-8a4d-42ff-ae88-2d7bb89ad139": { name: "Mail_Backup", sources: [CIPP, RESPONDERS] },
  "412445a2-0794-487e-9dd6-d57d9593b249": { name: "CubeBackup", sources: [CIPP] },
  "4761b959-9780-4c2d-87a3-512b4638f767": { name: "rclone", sources: [CIPP, RESPONDERS] },
  "497ac034-5120-4c1a-929a-0351f5c09918": { name: "ZoomInfo Communitiez Login", sources: [CIPP, RESPONDERS] },
  "62db40a4-2c7e-4373-a609-eda138798962": { name: "Edison Mail", sources: [CIPP, RESPONDERS] },
  "77468577-4f6e-40e7-b745-11d3d0c28095": { name: "Fastmail", sources: [CIPP, RESPONDERS] },
  "858d7e42-35f0-44b7-9033-df309239a47f": { name: "Zoominfo Login", sources: [CIPP, RESPONDERS] },
  "946c777c-bc85-489e-b034-392389ae23d6": { name: "Spike", sources: [CIPP, RESPONDERS] },
  "a245e8c0-b53c-4b67-9b45-751d1dff8e6b": { name: "Newsletter Software SuperMailer", sources: [HUNTRESS, CIPP] },
  "a43e5392-f48b-46a4-a0f1-098b5eeb4757": { name: "CloudSponge", sources: [CIPP, RESPONDERS] },
  "b1c4926a-5fb6-4aad-b920-709c957be148": { name: "Horizon Tech", sources: [CIPP] },
  "b15665d9-eda6-4092-8539-0eec376afd59": { name: "rclone", sources: [RESPONDERS] },
  "caffae8c-0882-4c81-9a27-d1803af53a40": { name: "SigParser", sources: [CIPP, RESPONDERS] },
  "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd": { name: "eM Client", sources: [HUNTRESS, CIPP] },
  "ff8d92dc-3d82-41d6-bcbd-b9174d163620": { name: "PerfectData Software", sources: [HUNTRESS, CIPP] },
};
