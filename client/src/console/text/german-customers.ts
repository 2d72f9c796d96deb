import type { ConsoleTexts } from './english.ts';

/** The texts about customers, their orders and the filter of the activity. */
export const germanCustomers: Pick<ConsoleTexts, 'logFilter'> = {
  logFilter: {
    filter: 'Filtern',
    by: 'Betreiber',
    step: 'Schritt',
    anyStep: 'Alle Schritte',
    day: { from: 'Von', to: 'Bis einschließlich' },
    wrongDays: 'Der letzte Tag darf nicht vor dem ersten liegen.',
    apply: 'Anwenden',
    showAll: 'Alle anzeigen',
    noMatch: 'Keine passende Aktivität.',
  },
};
