import type { Catalogue, Me } from '@task-connect/console';
import { addCatalogue, setLanguage } from '@task-connect/console/shell';

/** The console’s own sentences in other languages than English, a line and a file each. */
const catalogues: Record<string, () => Promise<{ default: Catalogue }>> = {};

/** Sets the language of the page, before anything is said in it. */
export async function speakLanguageOf(me: Me): Promise<void> {
  const language = new Intl.Locale(me.locale).language;
  const catalogue = await catalogues[language]?.();
  if (!catalogue) return;
  setLanguage(language);
  addCatalogue('console', catalogue.default);
  document.documentElement.lang = language;
}
