import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('ar');

export const arabic: ReportTexts = {
  title: (product) => `كيف جرى بيع ${product}`,
  heading: 'تقرير البيع',
  loading: 'جارٍ تحميل التقرير…',
  failed: 'تعذّر تحميل التقرير.',
  again: 'حاول مجددًا',
  notFound: 'البيع غير موجود.',
  ongoing: (time) => `لم ينتهِ البيع بعد. الأرقام حتى الساعة ${time}، وهي تتجدد تلقائيًا.`,
  settling: 'انتهى البيع. تُحفظ آخر الطلبات، ثم يُختم.',
  opened: (time) => `افتُتح ${time}`,
  opens: (time) => `يُفتتح ${time}`,
  ended: (time) => `انتهى ${time}`,
  neverOpened: (time) => `انتهى قبل افتتاحه، ${time}`,
  reason: (reason) => `يقول المتجر: ${reason}`,

  soldOf: (quantity) => `بيعت من أصل ${quantity}`,
  allGone: (duration) => `نفدت الكمية. المدة من الافتتاح إلى النفاد: ${duration}.`,
  asked: 'محاولات شراء أُجيب عنها',
  price: 'السعر',
  perCustomer: 'لكل عميل',
  atMost: (count) => `${count} على الأكثر`,
  cancelled: 'ملغاة',
  revoked: 'تم التراجع عنها',

  variants: {
    title: 'الخيارات',
    name: 'الخيار',
    sold: 'المبيع',
    of: (sold, quantity) => `${sold} من ${quantity}`,
  },

  answers: {
    title: 'الإجابات عن محاولات الشراء',
    detail: 'تُحسب كل وحدة مرة واحدة. الطلب نفسه إذا تكرر يلقى الجواب نفسه ويُحسب على حدة.',
    none: 'لا محاولات شراء بعد.',
    nobody: 'لم تكن هناك محاولات شراء.',
    claimed: 'حصل على وحدة',
    replayed: 'مكرر، الجواب نفسه',
    sold_out: 'نفدت الكمية',
    already_purchased: 'اشترى من قبل',
    sale_not_active: 'البيع غير مفتوح',
    too_many_requests: 'طلبات كثيرة جدًا',
    unavailable: 'حاول لاحقًا',
    other: 'أسباب رفض أخرى',
  },

  latency: {
    title: 'أزمنة الإجابة',
    detail: 'من وصول الطلب إلى الخادم حتى إجابته. المئينات أعلى من الواقع بمقدار الربع على الأكثر.',
    answer: 'الإجابة',
    claimed: 'حصل على وحدة',
    refused: 'رفض',
    half: 'النصف',
    p90: 'تسعة من عشرة',
    p99: 'تسعة وتسعون من مئة',
    slowest: 'الأبطأ',
  },

  fairness: {
    title: 'الأولوية لمن يصل أولًا',
    inOrder: (claims, count) =>
      plural(claims, {
        one: 'حُسم الطلب الوحيد بترتيب الوصول.',
        two: 'حُسم الطلبان بترتيب وصولهما.',
        other: `حُسمت كل الطلبات (${count}) بترتيب وصولها.`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `حُسم طلب واحد من أصل ${all} بعد طلب وصل بعده، بفارق ${by} على الأكثر.`,
        other: `طلبات حُسمت بعد طلب وصل بعدها: ${count} من أصل ${all}، بفارق ${by} على الأكثر.`,
      }),
    waited: (half, p99, slowest) =>
      `من الوصول إلى الحسم: النصف خلال ${half}، وتسعة وتسعون من مئة خلال ${p99}، والأبطأ ${slowest}.`,
    detail: 'يُقاس الوصول والحسم بساعة واحدة، بدقة الملي ثانية.',
    later: 'متاح بعد انتهاء البيع.',
    nothing: 'لا يُعرف وقت وصول أي طلب، فلا شيء للمقارنة.',
  },

  faults: {
    title: 'ما الذي تعطّل',
    none: 'لا شيء. عمل Redis وقاعدة البيانات بلا عطل.',
    recoveries: 'أُعيد بناء Redis',
    restored: 'طلبات استُعيدت',
    revoked: 'طلبات تم التراجع عنها',
    last: 'آخر مرة',
  },

  seal: {
    title: 'ختم العدالة',
    detail: 'مجموع اختباري لكل الطلبات بترتيبها. وتغيير أي طلب يغيّره.',
    later: 'يُنشأ بعد انتهاء البيع وحفظ كل الطلبات.',
    root: 'المجموع الاختباري',
    claims: 'الطلبات',
    sealedAt: 'خُتم',
    version: 'الإصدار',
    invariants: 'فحوص التطابق',
    allHold: 'نجحت كلها',
    broken: 'المخزون والطلبات غير متطابقة، لذلك لم يُختم البيع. الفحوص الفاشلة:',
    leaves: 'كل الطلبات، بلا أسماء',
    check: 'للتحقق بنفسك، ببرنامج التحقق من مستودع المتجر:',
  },

  counted: (duration) =>
    `يحفظ كل خادم أعداده كل ${duration}. إذا تعطل خادم فقد تضيع آخر حالات الرفض لديه؛ أما الطلبات فلا يُفقد منها شيء.`,
};
