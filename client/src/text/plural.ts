/** The forms that a language has for a number of things; `other` is the one that every language has. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Chooses the form for a count by the rules of the language: two in English, six in Arabic. */
export function pluralsOf(
  tag: string,
  type: Intl.PluralRuleType = 'cardinal',
): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(tag, { type });
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
