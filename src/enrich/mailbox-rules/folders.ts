import { fold } from "../words/fold.ts";

/** Names of one folder in several languages, with a bar between them. */
function names(list: string): readonly string[] {
  return list.split("|").map((name) => name.trim());
}

/**
 * Default folders that hardly anybody opens, as clients name them in English, German, French, Spanish, Italian, Dutch,
 * Portuguese, Polish and Swedish: where intruders' rules move what the owner is not to see. The calendar shows no
 * messages that lie in it (published research on rules that hide).
 */
export const UNSEEN_FOLDERS: readonly string[] = [
  ...names("RSS Feeds | RSS Subscriptions | RSS-Feeds | RSS-Abonnements | Flux RSS | Abonnements RSS | Fuentes RSS"),
  ...names("Suscripciones RSS | Suscripciones de RSS | Feed RSS | Feeds RSS | Sottoscrizioni RSS | RSS-abonnementen"),
  ...names("Subscrições RSS | Assinaturas RSS | Źródła danych RSS | Źródła RSS | Kanały RSS | Subskrypcje RSS"),
  ...names("RSS-flöden | RSS-prenumerationer"),
  ...names(
    "Conversation History | Aufgezeichnete Unterhaltungen | Unterhaltungsverlauf | Historique des conversations",
  ),
  ...names("Historial de conversaciones | Cronologia conversazioni | Gespreksgeschiedenis | Histórico de Conversas"),
  ...names("Histórico de Conversações | Histórico da Conversa | Historia konwersacji | Konversationshistorik"),
  ...names("Sync Issues | Synchronisierungsprobleme | Problèmes de synchronisation | Problemas de sincronización"),
  ...names("Problemi di sincronizzazione | Synchronisatieproblemen | Problemas de Sincronização"),
  ...names("Problemy z synchronizacją | Synkroniseringsproblem"),
  ...names("Calendar | Kalender | Calendrier | Calendario | Calendário | Kalendarz"),
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
  ...names(
    "Deleted Items | Trash | Gelöschte Elemente | Gelöschte Objekte | Éléments supprimés | Elementos eliminados",
  ),
  ...names("Posta eliminata | Elementi eliminati | Verwijderde items | Itens Excluídos | Itens Eliminados"),
  ...names("Elementy usunięte | Borttagna objekt"),
];

function keyOf(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
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
  const keys = new Set(atTop ? parts.slice(0, 1) : parts);
  return list.find((name) => keys.has(keyOf(name)));
}
