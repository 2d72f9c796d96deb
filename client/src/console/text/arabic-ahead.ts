import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('ar');

export const arabicAhead: typeof englishAhead = {
  plans: {
    drafts: 'المسودات',
    edit: 'تعديل',
    duplicate: 'تكرار',
    preview: 'معاينة',
    savedBy: (name: string) => `حفظها ${name}`,
    title: 'المبيعات المخطط لها',
    detail:
      'يُنشر البيع التالي تلقائيًا: قبل افتتاحه بساعة على الأكثر إذا انتهى البيع الحالي، أو عند افتتاحه إذا نفدت كمية البيع الحالي. ويمكنك نشر أي منها قبل ذلك.',
    none: 'لا مبيعات مخطط لها.',
    failed: 'تعذّر تحميل المبيعات المخطط لها.',
    in: (span) => `بعد ${span}`,
    terms: (units, price) => `${units} وحدة بسعر ${price}`,
    by: (name) => `خطط له ${name}`,
    missed: 'فات موعد افتتاحه. يُفتح حالما تنشره.',
    over: 'مضى موعد نهايته.',
    waiting: (count, text) =>
      plural(count, {
        one: 'بيع واحد مخطط له في «المبيعات»',
        two: 'بيعان مخطط لهما في «المبيعات»',
        few: `${text} مبيعات مخطط لها في «المبيعات»`,
        many: `${text} بيعًا مخططًا له في «المبيعات»`,
        other: `${text} بيع مخطط له في «المبيعات»`,
      }),
  },

  final: { end: 'موافق', cancel: 'موافق' },
  automatically: 'النظام',
  next: {
    none: 'لا يتبعه بيع مخطط له تلقائيًا.',
    soon: (name, time) => `بعده يُنشر ${name} تلقائيًا. موعد الافتتاح: ${time}.`,
    later: (name, time) => `التالي هو ${name}. موعد الافتتاح: ${time}، ويُنشر قبله بساعة.`,
    missed: (name) => `فات موعد افتتاح ${name}. انشره ليُفتح.`,
    replaced: (name) => `بهذا ينتهي ${name}.`,
  },

  rehearsal: {
    title: 'تجربة كاملة',
    detail: 'بيع كامل غير علني بجمهور مُحاكى. وفي أثنائه تُوقَف عقدة وRedis وقاعدة البيانات، وينتهي بشهادة.',
    explain: 'تجري بجانب المتجر بأولوية منخفضة ولا تمسّ البيع الحالي. وتتوقف إذا كان بيع على وشك أن يُفتح.',
    unavailable: 'لا يبدأ هذا المتجر تجارب. استخدم npm run rehearse في المستودع.',
    obstacle: {
      rehearsal_running: 'لا تجري إلا تجربة واحدة في كل مرة.',
      sale_too_near: 'لا يمكن أن تبدأ تجربة ما دام هناك بيع جارٍ أو يُفتح خلال نصف ساعة.',
    },
    none: 'لا تجارب بعد.',
    failed: 'تعذّر تحميل التجارب.',
    begin: 'ابدأ تجربة',
    breakOff: 'أوقف التجربة',
    outcome: 'النتيجة',
    steps: 'الخطوات حتى الآن',
    size: { shoppers: 'المتسوقون', quantity: 'الوحدات', spreadS: 'ثواني الازدحام', nodes: 'العقد' },
    wrong: (least, most) => `أدخل عددًا صحيحًا من ${least} إلى ${most}.`,
    services: 'الخدمات',
    service: { private: 'خدمات منفصلة', shared: 'خدمات المتجر' },
    serviceDetail: {
      private: 'Redis وقاعدة بيانات منفصلان على هذا الجهاز، ويُوقَف كلاهما.',
      shared: 'قاعدة بيانات منفصلة على خدمات المتجر، ولا تُوقَف إلا عقد التجربة.',
    },
    status: {
      running: 'جارية',
      held: 'تحققت كل الوعود',
      broken: 'أُخلف وعد',
      stopped: 'بلا شهادة',
    },
    why: {
      operator: 'أوقفها أحد المشغّلين.',
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
    faults: 'الأعطال',
    fault: 'العطل',
    down: 'مدة التوقف',
    ready: 'جاهزية الكل بعد',
    notInTime: 'ليس في الوقت',
    notTried: 'لم يُجرَّب',
    answers: 'الأجوبة كما رآها المتسوقون',
    answer: { claimed: 'حصل على وحدة', other: 'إجابات أخرى' },
    slowest: 'الأبطأ',
    seal: 'مختوم، المجموع الاختباري',
  },
};
