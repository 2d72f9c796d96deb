/** The texts about customers, their orders and the filter of the activity. */
export const englishCustomers = {
  logFilter: {
    filter: 'Filter',
    by: 'Operator',
    step: 'Step',
    anyStep: 'Any step',
    day: { from: 'From', to: 'Up to and including' },
    wrongDays: 'The last day must not be before the first.',
    apply: 'Apply',
    showAll: 'Show all',
    noMatch: 'No matching activity.',
  },
};
