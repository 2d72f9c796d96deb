import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('ar');

export const arabic: ReportTexts = {
  title: (product) => `كيف جرى بيع ${product}`,
  heading: 'تقرير البيع',
  loading: 'جارٍ تحميل التقرير…',
  failed: 'تعذّر تحميل التقرير الآن.',
  again: 'حاول مجددًا',
  notFound: 'لا يوجد بيع كهذا.',
  ongoing: (time) => `لم ينتهِ بعد: الأرقام حتى الساعة ${time}، وهي تتجدد تلقائيًا.`,
  settling: 'انتهى البيع. تُسجَّل آخر الطلبات، ثم يُختم.',
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
  revoked: 'مسحوبة',

  answers: {
    title: 'كيف أُجيب عن محاولات الشراء',
    detail: 'تُحسب كل وحدة مرة واحدة. الطلب نفسه إذا تكرر يلقى الجواب نفسه ويُحسب على حدة.',
    none: 'لم يسأل أحد بعد.',
    nobody: 'لم يطلب أحد الشراء.',
    claimed: 'حصل على وحدة',
    replayed: 'سأل مجددًا، الجواب نفسه',
    sold_out: 'نفدت الكمية',
    already_purchased: 'اشترى من قبل',
    sale_not_active: 'البيع غير مفتوح',
    too_many_requests: 'ضغطات كثيرة',
    unavailable: 'ليس الآن، حاول مجددًا',
    other: 'أسباب رفض أخرى',
  },

  latency: {
    title: 'كم استغرقت الإجابات',
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
        one: 'حُسم الحجز الوحيد بترتيب الوصول.',
        two: 'حُسم الحجزان بترتيب وصولهما.',
        other: `حُسمت كل الحجوزات (${count}) بترتيب وصولها.`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `حُسم حجز واحد من أصل ${all} بعد حجز وصل بعده، بفارق ${by} على الأكثر.`,
        other: `حجوزات حُسمت بعد حجز وصل بعدها: ${count} من أصل ${all}، بفارق ${by} على الأكثر.`,
      }),
    waited: (half, p99, slowest) =>
      `من الوصول إلى الحسم: النصف خلال ${half}، وتسعة وتسعون من مئة خلال ${p99}، والأبطأ ${slowest}.`,
    detail: 'يُقاس الوصول والحسم بساعة واحدة، بدقة الملي ثانية.',
    later: 'يُحسب بعد انتهاء البيع.',
    nothing: 'لا يُعرف وقت وصول أي حجز، فلا شيء للمقارنة.',
  },

  faults: {
    title: 'ما الذي تعطّل',
    none: 'لا شيء: عملت مخازن البيانات من البداية إلى النهاية.',
    recoveries: 'أُعيد بناء Redis',
    restored: 'حجوزات أُعيدت',
    revoked: 'حجوزات سُحبت',
    last: 'آخر مرة',
  },

  seal: {
    title: 'الختم',
    detail: 'رقم واحد يشمل كل الحجوزات بترتيبها. وتغيير واحد منها يغيّره.',
    later: 'يُنشأ بعد انتهاء البيع وتسجيل كل طلباته.',
    root: 'الجذر',
    claims: 'الحجوزات',
    sealedAt: 'خُتم',
    version: 'الإصدار',
    invariants: 'الثوابت',
    allHold: 'كلها صحيحة',
    broken: 'حساب الطلبات غير متطابق، لذلك لم يُختم البيع. ما لا يصحّ:',
    leaves: 'كل الحجوزات، بلا أسماء',
    check: 'للتحقق بنفسك، ببرنامج التحقق من مستودع المتجر:',
  },

  counted: (duration) =>
    `تُعدّ الإجابات على كل خادم وتُحفظ كل ${duration}: إذا توقف خادم فجأة فقد تضيع آخر حالات الرفض لديه. أما الطلبات فلا يُفقد منها شيء.`,
};
