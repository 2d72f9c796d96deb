import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('hi');

export const hindiAhead: typeof englishAhead = {
  plans: {
    title: 'नियोजित सेल',
    detail:
      'जब पेज पर की सेल समाप्त हो जाए और अगली एक घंटे के भीतर खुलने वाली हो, तब वह अपने आप पेज पर आ जाती है। उससे पहले आप किसी को भी ख़ुद वहाँ ला सकते हैं।',
    none: 'कोई सेल योजना में नहीं है।',
    failed: 'योजनाएँ अभी लोड नहीं हो सकीं।',
    in: (span) => `${span} में`,
    terms: (units, price) => `${units} यूनिट, हर एक ${price}`,
    by: (name) => `योजना: ${name}`,
    missed: 'इंतज़ार में इसके खुलने का समय बीत गया: पेज पर आते ही यह खुल जाएगी।',
    over: 'इंतज़ार में इसके अंत का समय बीत गया।',
    activateOf: (name) => `${name} को पेज पर लाएँ`,
    dropOf: (name) => `${name} की योजना हटाएँ`,
    waiting: (count, text) =>
      plural(count, { one: `“योजना” में ${text} नियोजित सेल`, other: `“योजना” में ${text} नियोजित सेल` }),
  },
};
