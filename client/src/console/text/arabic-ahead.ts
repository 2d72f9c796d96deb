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
    waiting: (count, text) =>
      plural(count, {
        one: 'بيع واحد مخطط له في «الإعداد»',
        two: 'بيعان مخطط لهما في «الإعداد»',
        few: `${text} مبيعات مخطط لها في «الإعداد»`,
        many: `${text} بيعًا مخططًا له في «الإعداد»`,
        other: `${text} بيع مخطط له في «الإعداد»`,
      }),
  },

  rehearsal: {
    title: 'تجربة كاملة',
    detail:
      'بيع كامل لا يراه أحد سواك، بجمهور مُحاكى. وفي أثنائه تُسقَط عقدة وRedis وقاعدة البيانات، وينتهي بشهادة.',
    explain:
      'تجري بجانب المتجر وخلف كل ما يعمل هناك. لا يُمَسّ البيع الموجود على الصفحة، وتُقطع التجربة إن كان بيع على وشك أن يُفتح.',
    unavailable: 'لا يبدأ هذا المتجر تجربة من هنا. حيث يوجد المستودع يفعل ذلك الأمر npm run rehearse.',
    obstacle: {
      rehearsal_running: 'واحدة في كل مرة: تبدأ التالية عندما تنتهي هذه.',
      sale_too_near: 'لا يمكن أن تبدأ تجربة ما دام هناك بيع جارٍ أو يُفتح خلال نصف ساعة.',
    },
    none: 'لم تُجرَ أي تجربة بعد.',
    failed: 'تعذّر تحميل التجارب الآن.',
    begin: 'ابدأ تجربة',
    breakOff: 'اقطعها',
    outcome: 'النتيجة',
    steps: 'ما حدث حتى الآن',
    size: { shoppers: 'المتسوقون', quantity: 'الوحدات', spreadS: 'ثواني الازدحام', nodes: 'العقد' },
    wrong: (least, most) => `عدد صحيح من ${least} إلى ${most}.`,
    services: 'على أي خدمات',
    service: { private: 'خدماتها الخاصة', shared: 'خدمات المتجر' },
    serviceDetail: {
      private: 'Redis وقاعدة بيانات خاصان بها على هذا الجهاز، ويُسقَط كلاهما.',
      shared: 'في قاعدة بيانات خاصة بها هناك، ولا تُسقَط إلا عقدها.',
    },
    status: {
      running: 'جارية',
      held: 'وُفِّي بكل وعد',
      broken: 'أُخلف وعد',
      stopped: 'بلا شهادة',
    },
    why: {
      operator: 'قطعها أحد المشغّلين.',
      sale: 'كان بيع على وشك أن يُفتح.',
      time: 'استغرقت وقتًا طويلًا.',
      node: 'توقفت العقدة التي كانت تجريها.',
      fault: 'تعذّر إجراؤها.',
    },
    of: (shoppers, units) => `${shoppers} متسوّق على ${units} وحدة`,
    certificate: 'الشهادة',
    asText: 'تنزيل نصًّا',
    asJson: 'تنزيل JSON',
    promises: 'الوعود',
    faults: 'الأعطال في أثنائها',
    fault: 'العطل',
    down: 'مدة التوقف',
    ready: 'جاهزية الكل بعد',
    notInTime: 'ليس في الوقت',
    notTried: 'لم يُجرَّب',
    answers: 'الأجوبة كما رآها المتسوقون',
    answer: { claimed: 'حصل على وحدة', other: 'ما عدا ذلك' },
    slowest: 'الأبطأ',
    seal: 'مختوم، الجذر',
  },
};
