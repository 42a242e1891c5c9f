import { fold } from "../model/fold.ts";

/** Names of one folder in several languages, with a bar between them. */
function names(list: string): readonly string[] {
  return list.split("|").map((name) => name.trim());
}

/**
 * Calendars, as clients name them in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and Swedish. A
 * calendar shows no messages that lie in it (published research on rules that hide); people have folders of that name
 * for messages, too, further down.
 */
const CALENDARS: readonly string[] = names("Calendar | Kalender | Calendrier | Calendario | Calendário | Kalendarz");

/** Default folders that hardly anybody opens, in the same languages and as Exchange names their types. */
export const HIDING_FOLDERS: readonly string[] = [
  ...names("RSS Feeds | RSS Subscriptions | RSS-Feeds | RSS-Abonnements | Flux RSS | Abonnements RSS | Fuentes RSS"),
  ...names("Suscripciones RSS | Suscripciones de RSS | Feed RSS | Feeds RSS | Sottoscrizioni RSS | RSS-abonnementen"),
  ...names("Subscrições RSS | Assinaturas RSS | Źródła danych RSS | Źródła RSS | Kanały RSS | Subskrypcje RSS"),
  ...names("RSS-flöden | RSS-prenumerationer | RSS | RSS Feed | RSS Subscription | RSS-Abonnement"),
  ...names("RssFeeds | RssFeed | RssSubscriptions | RssSubscription"),
  ...names(
    "Conversation History | Aufgezeichnete Unterhaltungen | Unterhaltungsverlauf | Historique des conversations",
  ),
  ...names("Historial de conversaciones | Cronologia conversazioni | Gespreksgeschiedenis | Histórico de Conversas"),
  ...names("Histórico de Conversações | Histórico da Conversa | Historia konwersacji | Konversationshistorik"),
  ...names("ConversationHistory"),
  ...names("Sync Issues | Synchronisierungsprobleme | Problèmes de synchronisation | Problemas de sincronización"),
  ...names("Problemi di sincronizzazione | Synchronisatieproblemen | Problemas de Sincronização"),
  ...names("Problemy z synchronizacją | Synkroniseringsproblem | SyncIssues"),
];

/** Where intruders' rules move what the owner is not to see: folders that hardly anybody opens, and calendars. */
export const UNSEEN_FOLDERS: readonly string[] = [...HIDING_FOLDERS, ...CALENDARS];

/** Sent Items, in the same languages and as Exchange names the type. */
export const SENT_FOLDERS: readonly string[] = [
  ...names("Sent Items | SentItems | Sent | Sent Mail | Gesendete Elemente | Gesendete Objekte | Éléments envoyés"),
  ...names("Elementos enviados | Posta inviata | Elementi inviati | Verzonden items | Itens Enviados"),
  ...names("Elementy wysłane | Skickat | Skickade objekt"),
];

/** Drafts and the outbox, in the same languages and as Exchange names the types. */
const UNSENT_FOLDERS: readonly string[] = [
  ...names("Drafts | Entwürfe | Brouillons | Borradores | Bozze | Concepten | Rascunhos | Wersje robocze | Utkast"),
  ...names("Outbox | Postausgang | Boîte d'envoi | Bandeja de salida | Posta in uscita | Postvak UIT"),
  ...names("Caixa de Saída | A Enviar | Skrzynka nadawcza | Utkorgen"),
];

/** Default folders that colleagues share and that hold no messages, in the same languages. */
export const UNMAILED_FOLDERS: readonly string[] = [
  ...names("Calendar | Kalender | Calendrier | Calendario | Agenda | Calendário | Kalendarz"),
  ...names("Contacts | Kontakte | Contactos | Contatti | Contactpersonen | Contatos | Kontakty | Kontakter"),
  ...names("Tasks | Aufgaben | Tâches | Tareas | Attività | Taken | Tarefas | Zadania | Uppgifter"),
  ...names("Freebusy Data"),
];

/** Default folders of what the owner wrote or put there: nobody sent it to the mailbox. */
export const OWN_FOLDERS: readonly string[] = [...SENT_FOLDERS, ...UNSENT_FOLDERS, ...UNMAILED_FOLDERS];

/** Deleted Items, in the same languages and as Exchange names the type. */
const DELETED_FOLDERS: readonly string[] = [
  ...names(
    "Deleted Items | DeletedItems | Trash | Gelöschte Elemente | Gelöschte Objekte | Éléments supprimés | Elementos eliminados",
  ),
  ...names("Posta eliminata | Elementi eliminati | Verwijderde items | Itens Excluídos | Itens Eliminados"),
  ...names("Elementy usunięte | Borttagna objekt"),
];

/** Where deleted messages lie: Deleted Items, and what Exchange keeps behind it. */
export const DELETION_FOLDERS: readonly string[] = [
  ...DELETED_FOLDERS,
  ...names("Recoverable Items | RecoverableItemsRoot | RecoverableItemsDeletions | RecoverableItemsPurges"),
  ...names("RecoverableItemsVersions | RecoverableItemsDiscoveryHolds"),
];

/** Default folders that people put messages away in: junk, deleted items and the archive. */
export const AWAY_FOLDERS: readonly string[] = [
  ...names(
    "Archive | Archives | Archiv | Archivo | Archivar | Archivio | Archief | Arquivo | Arquivo Morto | Archiwum",
  ),
  ...names("Arkiv"),
  ...names("Junk | Junk Email | Junk E-mail | Junk-E-Mail | Junk-Mail | Spam | Courrier indésirable"),
  ...names("Correo no deseado | Correo electrónico no deseado | Posta indesiderata | Ongewenste e-mail"),
  ...names("Lixo Eletrônico | Lixo Eletrónico | E-mail de Lixo | Correio Eletrónico de Lixo | Wiadomości-śmieci"),
  ...names("Skräppost"),
  ...DELETED_FOLDERS,
];

function keyOf(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The names of a list by their keys, the first of equal keys; lists are asked for every deletion and move. */
const byKey = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

function keysOf(list: readonly string[]): ReadonlyMap<string, string> {
  const known = byKey.get(list);
  if (known !== undefined) return known;
  const keys = new Map(list.toReversed().map((name) => [keyOf(name), name]));
  byKey.set(list, keys);
  return keys;
}

/**
 * The entry of a list that a folder is, without regard to case, accents and hyphens.
 *
 * @param folder a name or a path as rules have it: `RSS Feeds`, `owner@contoso.example:\RSS Feeds\Old`, `:\Archive`.
 * @param atTop only the folder at the top of the path counts: many people have an Archive of their own further down.
 * @returns undefined where no part of the path is in the list.
 */
export function folderAmong(folder: string, list: readonly string[], atTop: boolean): string | undefined {
  const parts = folder
    .replace(/^[^\\]*:(?=\\)/u, "")
    .split("\\")
    .map(keyOf)
    .filter((part) => part !== "");
  const keys = keysOf(list);
  return (atTop ? parts.slice(0, 1) : parts).map((part) => keys.get(part)).find((name) => name !== undefined);
}

const others = new WeakMap<readonly string[], readonly string[]>();

/** The same array for the same list, as `folderAmong` remembers keys by it. */
function withoutCalendars(list: readonly string[]): readonly string[] {
  const known = others.get(list);
  if (known !== undefined) return known;
  const left = list.filter((name) => !CALENDARS.includes(name));
  others.set(list, left);
  return left;
}

/**
 * The entry of a list of unseen folders that a folder is. A calendar counts at the top of the path alone.
 *
 * @param list entries as `UNSEEN_FOLDERS` has them.
 */
export function unseenFolderAmong(folder: string, list: readonly string[]): string | undefined {
  return folderAmong(folder, withoutCalendars(list), false) ?? folderAmong(folder, list, true);
}
