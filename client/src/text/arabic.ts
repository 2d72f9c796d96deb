import type { Texts } from './english.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('ar');

/** The six forms of "unit" after a number. */
function units(count: number, text: string): string {
  return plural(count, {
    zero: `${text} وحدة`,
    one: 'وحدة واحدة',
    two: 'وحدتان',
    few: `${text} وحدات`,
    many: `${text} وحدة`,
    other: `${text} وحدة`,
  });
}

export const arabic: Texts = {
  brand: 'Flipzon',
  pageTitle: (product, shop) => `${product} · بيع ${shop} الخاطف`,
  watching: (count) => `عدد المتابعين: ${count}`,
  signedInAs: 'مسجّل الدخول باسم',
  signOut: 'تسجيل الخروج',
  signOutEverywhere: 'تسجيل الخروج من كل الأجهزة',
  signIn: 'تسجيل الدخول',
  connection: 'الاتصال',
  language: 'اللغة',
  board: 'اللوحة المباشرة',
  shop: 'إلى المتجر',
  pauseUpdates: 'إيقاف التحديث المباشر',
  resumeUpdates: 'متابعة التحديث المباشر',

  eyebrow: {
    loading: 'جارٍ تحميل بيانات المخزون',
    noSale: 'لا يوجد بيع بعد',
    scheduled: 'موعد الافتتاح',
    countdown: 'يُفتح بعد',
    live: 'البيع جارٍ',
    sold_out: 'نفدت الكمية',
    paused: 'متوقف مؤقتًا',
    ended: 'انتهى البيع',
    frozen: 'التحديث متوقف',
    stale: 'آخر ما نعرفه',
  },
  noSaleDetail: 'لا يوجد بيع مجدول. سيظهر البيع القادم هنا تلقائيًا.',

  /** Above a sale that is not on the page yet. */
  preview: { title: 'معاينة.', detail: 'لا يرى المتسوقون هذا البيع بعد، ولا يمكن شراء أي شيء هنا.' },
  product: { region: 'عن هذا المنتج' },

  leftOf: (quantity) => `المتبقي من ${quantity}`,
  unitsInAll: (count, quantity) => `الإجمالي: ${units(count, quantity)}`,
  unitsForSale: (count, quantity, price) => `${units(count, quantity)} بسعر ${price}`,
  left: (remaining, quantity) => `بقي ${remaining} من ${quantity}`,
  ends: {
    on: (time) => `ينتهي ${time}`,
    in: (clock) => `ينتهي بعد ${clock}`,
  },
  noRefresh: 'يُفتح تلقائيًا. لا حاجة إلى تحديث الصفحة.',
  daysLeft: (days, count) =>
    plural(days, {
      zero: `${count} يوم`,
      one: 'يوم واحد',
      two: 'يومان',
      few: `${count} أيام`,
      many: `${count} يومًا`,
      other: `${count} يوم`,
    }),
  utc: (time) => `${time} UTC`,
  lastKnown: 'آخر عدد معروف',
  asOf: (age) => `العدد قبل ${age}`,
  frozenAt: (time) => `التحديث متوقف. العدد عند ${time}.`,
  clockOff: (seconds) => `ساعتك مختلفة بمقدار ${seconds} ث؛ نعتمد ساعتنا.`,

  simulated: {
    label: 'جمهور مُحاكى',
    detail: 'هذا عرض توضيحي: المشترون في هذا البيع مُحاكَون.',
  },

  curve: {
    since: (time) => `الوحدات المتبقية كما رأتها هذه الصفحة منذ ${time}`,
  },

  variants: {
    legend: 'الخيارات',
    one: 'الخيار',
    from: (price) => `ابتداءً من ${price}`,
    left: (_count, text) => `بقي ${text}`,
    soldOut: 'نفدت الكمية',
    gone: (variant) => `نفدت كمية \u2068${variant}\u2069.`,
    others: 'اختر خيارًا آخر، أو انتظر هنا: إن عادت وحدة أمكنك شراؤها.',
  },

  button: {
    buy: (price, variant) =>
      variant === undefined ? `اشترِ بسعر ${price}` : `اشترِ \u2068${variant}\u2069 بسعر ${price}`,
    choose: () => 'اختر أحد الخيارات',
    variant_sold_out: (_price, variant) => `نفدت كمية \u2068${variant}\u2069`,
    buy_another: () => 'اشترِ وحدة أخرى',
    sign_in: () => 'سجّل الدخول للشراء',
    claiming: () => 'جارٍ الحجز…',
    checking: () => 'جارٍ التحقق…',
    confirming: () => 'جارٍ التأكيد…',
    wait: () => 'لحظة…',
    sold_out: () => 'نفدت الكمية',
    paused: () => 'متوقف مؤقتًا',
    ended: () => 'انتهى البيع',
  },

  message: {
    live: (perCustomer) => ({
      title: 'الأولوية لمن يصل أولًا.',
      detail: `الحد لكل عميل: ${perCustomer}. مخزون حقيقي، بحسب ساعة الخادم.`,
    }),
    claiming: () => ({ title: 'جارٍ الحجز…', detail: 'جارٍ إرسال طلبك…' }),
    unknown: () => ({
      title: 'جارٍ التحقق من حجزك…',
      detail: 'لا جواب بعد. نعيد المحاولة؛ ولا يُنشأ بذلك طلب ثانٍ أبدًا.',
    }),
    unavailable: () => ({
      title: 'نظام الدفع غير متاح لفترة وجيزة.',
      detail: 'محاولتك محفوظة؛ ونعيد إرسالها.',
    }),
    unavailable_to_all: () => ({
      title: 'نظام الدفع غير متاح لفترة وجيزة.',
      detail: 'سيعود زر الشراء تلقائيًا.',
    }),
    lost: (variant) => ({
      title:
        variant === undefined
          ? 'نفدت الكمية قبل أن تصلنا ضغطتك.'
          : `نفدت كمية \u2068${variant}\u2069 قبل أن تصلنا ضغطتك.`,
      detail: '',
    }),
    lostTimes: (arrived, last) => `وصلت ضغطتك إلى المتجر عند ${arrived}. وحُجزت آخر وحدة عند ${last}.`,
    lostClosely:
      'الضغطات التي تصل في لحظات متقاربة تُعالَج واحدة تلو الأخرى. ويبيّن التقرير مدى اختلاف ذلك عن ترتيب وصولها.',
    sold_out: () => ({
      title: 'بيعت كل الوحدات.',
      detail: 'إذا توفرت وحدة من جديد عاد زر الشراء.',
    }),
    soldOutIn: (duration) => `نفدت الكمية. المدة من الافتتاح إلى النفاد: ${duration}.`,
    rate_limited: (seconds) => ({
      title: `حاول مجددًا بعد ${seconds} ث.`,
      detail: 'ضغطات أكثر من اللازم. سيعود زر الشراء تلقائيًا.',
    }),
    too_early: () => ({
      title: 'لم يُفتح البيع بعد.',
      detail: 'صُحِّح العدّ التنازلي لديك. سيُفتح البيع تلقائيًا.',
    }),
    paused: (reason) => ({
      title: 'البيع متوقف مؤقتًا.',
      detail: reason ?? 'سيُستأنف هنا تلقائيًا.',
    }),
    ended: (reason) => ({ title: 'انتهى البيع.', detail: reason ?? 'شكرًا لزيارتك.' }),
    reconnecting: () => ({
      title: 'انقطع الاتصال. جارٍ إعادة الاتصال…',
      detail: 'يعود الشراء فور عودة الاتصال. لا تُحفظ الضغطات حتى ذلك الحين.',
    }),
    connecting: () => ({
      title: 'جارٍ الاتصال…',
      detail: 'يبدأ الشراء فور إتمام الاتصال. لا تُحفظ الضغطات حتى ذلك الحين.',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'لا يوجد اتصال مباشر: يُستعلم عن المخزون كل بضع ثوانٍ.',
      detail: 'يمكنك الشراء كالمعتاد.',
    }),
    blocked: () => ({
      title: 'حظر المتجر هذا الحساب.',
      detail: 'لا يمكنك الشراء؛ اسأل المتجر عن السبب. تجد طلباتك ضمن «طلباتي».',
    }),
    boughtBefore: (unit) => `اشتريت الوحدة ${unit} في البيع السابق. تجدها ضمن «طلباتي».`,
    offline: () => ({
      title: 'أنت غير متصل بالشبكة.',
      detail: 'يعود الشراء فور عودة شبكتك. لا تُحفظ الضغطات حتى ذلك الحين.',
    }),
    revoked: (unit) => ({
      title: `تم التراجع عن طلبك للوحدة ${unit}.`,
      detail: 'ضاع بسبب عطل عندنا قبل أن يُحفظ. لم يُخصم منك شيء.',
    }),
    revokedAgain: 'إذا توفرت وحدة من جديد فيمكنك شراؤها هنا.',
    cancelled: (unit) => ({
      title: `ألغى المتجر طلبك للوحدة ${unit}.`,
      detail: 'لا يمكنك الشراء مرة أخرى في هذا البيع. اسأل المتجر عن السبب.',
    }),
    cancelledOnSale: 'الوحدة متاحة للآخرين من جديد.',
    refused: () => ({
      title: 'لم يُقبل طلبك.',
      detail: 'لم يُخصم منك شيء. أعد تحميل الصفحة وحاول مجددًا.',
    }),
    accountTooNew: () => ({
      title: 'هذا الحساب أحدث من أن يشارك في هذا البيع.',
      detail: 'لا يشتري في هذا البيع إلا الحسابات التي أُنشئت قبل الإعلان عنه.',
    }),
    forbidden: () => ({ title: 'لا يمكن لهذا الحساب الشراء.', detail: 'سجّل الدخول بصفتك عميلًا.' }),
  },

  order: {
    region: 'طلبك',
    unit: 'الوحدة',
    claimed: 'صارت لك. جارٍ التأكيد…',
    confirmed: 'حصلت على واحدة. تم تأكيد الطلب.',
    already: 'لديك واحدة بالفعل. هذا طلبك.',
    product: 'المنتج',
    print: 'عرض وطباعة',
    number: 'الطلب',
    price: 'السعر',
    claimedAt: 'وقت الحجز',
    confirmedAt: 'وقت التأكيد',
    pending: 'قيد الانتظار',
    units: 'وحداتك',
    ofYours: (held, most) => `اشتريت ${held} من ${most}`,
  },

  receipt: {
    download: 'تنزيل الإيصال',
    show: 'الإيصال الموقَّع',
    explained: 'عملية شرائك بتوقيع المتجر. يستطيع من يملك مفتاح المتجر التحقق منها.',
    elsewhere: 'الإيصال الموقَّع محفوظ على الجهاز الذي اشتريت منه.',
  },

  proof: {
    failed: 'تعذّر تحميل الإثبات. حاول مجددًا.',
    report: 'تقرير البيع',
  },

  orders: {
    title: 'طلباتي',
    open: 'طلباتي',
    close: 'إغلاق',
    total: (purchases, count) =>
      plural(purchases, {
        zero: 'لا مشتريات بعد',
        one: 'المجموع: عملية شراء واحدة',
        two: 'المجموع: عمليتا شراء',
        few: `المجموع: ${count} عمليات شراء`,
        many: `المجموع: ${count} عملية شراء`,
        other: `المجموع: ${count} عملية شراء`,
      }),
    none: 'لا طلبات بعد.',
    loading: 'جارٍ تحميل طلباتك…',
    failed: 'تعذّر تحميل طلباتك.',
    again: 'حاول مجددًا',
    status: {
      claimed: 'قيد التأكيد',
      held: 'بانتظار الدفع',
      confirmed: 'مؤكَّد',
      expired: 'لم يُدفع في الوقت المحدد',
      released: 'تم التنازل عنه',
      revoked: 'تم التراجع عنه',
      cancelled: 'ملغى',
    },
  },

  reminder: {
    calendar: 'أضف إلى التقويم',
    remind: 'ذكّرني',
    set: 'تم ضبط التذكير',
    kept: (time) => `سنذكّرك قبل الافتتاح إذا بقيت هذه الصفحة مفتوحة. مدة التذكير المسبق: ${time}.`,
    blocked: 'لم يُضبط أي تذكير: متصفحك يحظر إشعارات هذه الصفحة. اسمح بها، أو أضف البيع إلى تقويمك.',
    event: (product, shop) => `${product}: افتتاح بيع ${shop} الخاطف`,
    description: (offer) => `${offer}. الأولوية لمن يصل أولًا.`,
    soon: (product, duration) => `${product}: المدة المتبقية حتى الافتتاح ${duration}`,
    soonDetail: 'عُد إلى الصفحة. سيُفتح البيع تلقائيًا.',
    open: (product) => `${product}: البيع مفتوح الآن`,
  },

  drawFailed: {
    title: 'تعذّر عرض هذه الصفحة.',
    detail: 'أعد تحميلها. طلباتك محفوظة.',
    reload: 'إعادة التحميل',
  },

  notFound: {
    title: 'الصفحة غير موجودة',
    detail: 'البيع في صفحة المتجر.',
  },

  spoken: {
    open: 'البيع مفتوح الآن',
    connectedAgain: 'عاد الاتصال',
    buyAgain: 'يمكنك الشراء من جديد',
    claimed: (unit) => `الوحدة ${unit} لك. جارٍ التأكيد…`,
    confirmed: (unit) => `تم تأكيد الوحدة ${unit}.`,
    already: (unit) => `لديك الوحدة ${unit} بالفعل.`,
    opensIn: {
      600: 'يُفتح بعد عشر دقائق',
      300: 'يُفتح بعد خمس دقائق',
      60: 'يُفتح بعد دقيقة واحدة',
      10: 'يُفتح بعد عشر ثوانٍ',
    },
    endsIn: { 300: 'ينتهي البيع بعد خمس دقائق', 60: 'ينتهي البيع بعد دقيقة واحدة' },
    stock: (percent, remaining, count) => `بقي ${percent}: ${units(remaining, count)}`,
  },

  footer: 'مخزون حقيقي، بلا ندرة مصطنعة، وعدّ تنازلي بحسب ساعة الخادم.',
};
