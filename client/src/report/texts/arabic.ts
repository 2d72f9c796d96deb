import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('ar');

export const arabic: ReportTexts = {
  title: (product) => `كيف جرى بيع ${product}`,
  heading: 'تقرير البيع',
  loading: 'جارٍ إحضار التقرير…',
  failed: 'التقرير غير متاح الآن.',
  again: 'حاول مرة أخرى',
  notFound: 'لا يوجد بيع كهذا.',
  ongoing: (time) => `لم ينتهِ بعد: أرقام الساعة ${time}. تتجدد من تلقاء نفسها.`,
  settling: 'انتهى البيع. تُسجَّل آخر الطلبات، ثم يُختم.',
  opened: (time) => `افتُتح ${time}`,
  opens: (time) => `يُفتتح ${time}`,

  soldOf: (quantity) => `بيعت من أصل ${quantity}`,
  allGone: (duration) => `نفد كل شيء بعد ${duration} من الافتتاح.`,
  asked: 'طلبات شراء أُجيب عنها',
  price: 'السعر',
  perCustomer: 'لكل عميل',
  atMost: (count) => `${count} على الأكثر`,
  cancelled: 'ملغاة',
  revoked: 'مسترجعة',

  answers: {
    title: 'بماذا أُجيب المشترون',
    detail: 'من سأل مرة أخرى يُحسب مرة أخرى.',
    none: 'لم يسأل أحد بعد.',
    claimed: 'قطعة',
    sold_out: 'نفدت الكمية',
    already_purchased: 'لديه واحدة من قبل',
    sale_not_active: 'البيع غير مفتوح',
    too_many_requests: 'سأل مرات كثيرة',
    unavailable: 'ليس الآن، اسأل ثانية',
    other: 'أسباب رفض أخرى',
  },

  latency: {
    title: 'كم استغرقت الإجابات',
    detail: 'من وصول الطلب إلى الخادم حتى إجابته. النسب المئوية أعلى بمقدار الربع على الأكثر.',
    answer: 'الإجابة',
    claimed: 'قطعة',
    refused: 'رفض',
    half: 'النصف',
    p90: '٩ من ١٠',
    p99: '٩٩ من ١٠٠',
    slowest: 'الأبطأ',
    within: 'خلال',
  },

  fairness: {
    title: 'الأسبق أولًا',
    inOrder: (claims, count) =>
      plural(claims, {
        one: 'حُسم الحجز الوحيد بترتيب الوصول.',
        two: 'حُسم الحجزان بترتيب وصولهما.',
        other: `حُسمت كل الحجوزات (${count}) بترتيب وصولها.`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `حُسم حجز واحد من أصل ${all} بعد حجز وصل متأخرًا عنه، بفارق ${by} على الأكثر.`,
        other: `حُسم ${count} من أصل ${all} من الحجوزات بعد حجز وصل متأخرًا، بفارق ${by} على الأكثر.`,
      }),
    waited: (half, p99, slowest) =>
      `من الوصول إلى الحسم: النصف خلال ${half}، و٩٩ من ١٠٠ خلال ${p99}، والأبطأ ${slowest}.`,
    detail: 'الوصول والحسم بساعة واحدة، بدقة الملّي ثانية.',
    later: 'يُحسب بعد انتهاء البيع.',
  },

  faults: {
    title: 'ما الذي تعطّل',
    none: 'لا شيء: عملت المخازن من البداية إلى النهاية.',
    recoveries: 'أُعيد بناء Redis',
    restored: 'حجوزات أُعيدت',
    revoked: 'حجوزات استُرجعت',
    last: 'آخر مرة',
  },

  seal: {
    title: 'الختم',
    detail: 'رقم واحد فوق كل الحجوزات بترتيبها. تغيير واحد منها يغيّره.',
    later: 'يُصنع بعد انتهاء البيع وتسجيل كل طلباته.',
    root: 'الجذر',
    claims: 'الحجوزات',
    sealedAt: 'خُتم',
    version: 'الإصدار',
    leaves: 'كل الحجوزات، بلا أسماء',
    check: 'للتحقق بنفسك، ببرنامج التحقق من مستودع المتجر:',
  },

  counted: (duration) =>
    `تُعدّ الإجابات على كل خادم وتُكتب كل ${duration}: الخادم الذي يتوقف فجأة قد يُفقد من حالات الرفض ما يعادل ذلك. أما الطلبات فلا يُفقد منها شيء.`,
};
