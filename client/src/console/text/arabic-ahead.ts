import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('ar');

export const arabicAhead: typeof englishAhead = {
  plans: {
    title: 'المبيعات المخطط لها',
    detail:
      'يأخذ البيع التالي مكانه على الصفحة تلقائيًا عندما ينتهي البيع الموجود ويكون موعد افتتاحه خلال ساعة. وقبل ذلك يمكنك أن تضع أيًّا منها على الصفحة بنفسك.',
    none: 'لا يوجد بيع مخطط له.',
    failed: 'تعذّر تحميل الخطط الآن.',
    in: (span) => `بعد ${span}`,
    terms: (units, price) => `${units} وحدة بسعر ${price}`,
    by: (name) => `خطط له ${name}`,
    missed: 'مضى موعد افتتاحه وهو ينتظر: سيُفتح حالما يوضع على الصفحة.',
    over: 'مضى موعد نهايته وهو ينتظر.',
    activateOf: (name) => `وضع ${name} على الصفحة`,
    dropOf: (name) => `حذف خطة ${name}`,
    waiting: (count, text) =>
      plural(count, {
        one: 'بيع واحد مخطط له في «الإعداد»',
        two: 'بيعان مخطط لهما في «الإعداد»',
        few: `${text} مبيعات مخطط لها في «الإعداد»`,
        many: `${text} بيعًا مخططًا له في «الإعداد»`,
        other: `${text} بيع مخطط له في «الإعداد»`,
      }),
  },
};
