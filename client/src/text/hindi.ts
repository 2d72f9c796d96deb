import type { Texts } from './english.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('hi');

export const hindi: Texts = {
  brand: 'Flipzon',
  pageTitle: (product, shop) => `${product} · ${shop} फ़्लैश सेल`,
  watching: (count) => `दर्शक: ${count}`,
  signedInAs: 'साइन इन:',
  signOut: 'साइन आउट',
  signOutEverywhere: 'सभी डिवाइस से साइन आउट करें',
  signIn: 'साइन इन',
  connection: 'कनेक्शन',
  language: 'भाषा',
  board: 'लाइव बोर्ड',
  shop: 'दुकान पर जाएँ',
  pauseUpdates: 'लाइव अपडेट रोकें',
  resumeUpdates: 'लाइव अपडेट फिर चलाएँ',

  eyebrow: {
    loading: 'स्टॉक की जानकारी लोड हो रही है',
    noSale: 'अभी कोई सेल नहीं',
    scheduled: 'खुलने का समय',
    countdown: 'खुलने में बाक़ी',
    live: 'लाइव',
    sold_out: 'सब बिक गया',
    paused: 'रुकी हुई',
    ended: 'सेल समाप्त',
    frozen: 'अपडेट रुके हैं',
    stale: 'आख़िरी जानकारी',
  },
  noSaleDetail: 'कोई सेल तय नहीं है। अगली सेल यहाँ अपने आप दिखेगी।',

  /** Above a sale that is not on the page yet. */
  preview: { title: 'पूर्वावलोकन।', detail: 'ग्राहक यह सेल अभी नहीं देखते, और यहाँ कुछ भी खरीदा नहीं जा सकता।' },
  product: { region: 'इस उत्पाद के बारे में' },

  leftOf: (quantity) => `${quantity} में से बाक़ी`,
  unitsInAll: (_count, quantity) => `कुल ${quantity} यूनिट`,
  unitsForSale: (count, quantity, price) =>
    plural(count, { one: `${quantity} यूनिट, दाम ${price}`, other: `${quantity} यूनिट, हर एक ${price}` }),
  left: (remaining, quantity) => `${quantity} में से ${remaining} बाक़ी`,
  ends: {
    on: (time) => `समाप्ति: ${time}`,
    in: (clock) => `${clock} में समाप्त`,
  },
  noRefresh: 'सेल अपने आप खुलेगी। रीफ़्रेश करने की ज़रूरत नहीं।',
  daysLeft: (days, count) => plural(days, { one: `${count} दिन`, other: `${count} दिन` }),
  utc: (time) => `${time} UTC`,
  lastKnown: 'आख़िरी ज्ञात संख्या',
  asOf: (age) => `${age} पहले की संख्या`,
  frozenAt: (time) => `अपडेट रुके हैं। संख्या ${time} की है।`,
  clockOff: (seconds) => `आपकी घड़ी में ${seconds} से॰ का अंतर है; हम अपनी घड़ी से चलते हैं।`,

  simulated: {
    label: 'सिम्युलेट की गई भीड़',
    detail: 'यह एक प्रदर्शन है: इस सेल के ख़रीदार सिम्युलेट किए गए हैं।',
  },

  curve: {
    since: (time) => `${time} से इस पेज पर दिखी बाक़ी यूनिट`,
  },

  variants: {
    legend: 'विकल्प',
    one: 'विकल्प',
    from: (price) => `${price} से`,
    left: (_count, text) => `${text} बाक़ी`,
    soldOut: 'सब बिक गए',
    gone: (variant) => `${variant} सब बिक गए।`,
    others: 'कोई दूसरा विकल्प चुनें, या यहीं इंतज़ार करें: कोई यूनिट वापस आई तो आप उसे ख़रीद सकेंगे।',
  },

  button: {
    buy: (price, variant) => (variant === undefined ? `${price} में ख़रीदें` : `${variant} ${price} में ख़रीदें`),
    choose: () => 'विकल्प चुनें',
    variant_sold_out: (_price, variant) => `${variant} सब बिक गए`,
    buy_another: () => 'एक और ख़रीदें',
    sign_in: () => 'ख़रीदने के लिए साइन इन करें',
    claiming: () => 'आपके नाम हो रहा है…',
    checking: () => 'जाँच हो रही है…',
    confirming: () => 'पुष्टि हो रही है…',
    wait: () => 'एक पल…',
    sold_out: () => 'सब बिक गया',
    paused: () => 'रुकी हुई',
    ended: () => 'सेल समाप्त',
  },

  message: {
    live: (perCustomer) => ({
      title: 'पहले आएँ, पहले पाएँ।',
      detail: `हर ग्राहक को ज़्यादा से ज़्यादा ${perCustomer}। असली स्टॉक, सर्वर की घड़ी के हिसाब से।`,
    }),
    claiming: () => ({ title: 'आपके नाम हो रहा है…', detail: 'आपका ऑर्डर भेजा जा रहा है…' }),
    unknown: () => ({
      title: 'आपकी बुकिंग की जाँच हो रही है…',
      detail: 'अभी जवाब नहीं आया। फिर कोशिश हो रही है; इससे दूसरा ऑर्डर कभी नहीं बनता।',
    }),
    unavailable: () => ({
      title: 'चेकआउट थोड़ी देर के लिए उपलब्ध नहीं है।',
      detail: 'आपकी कोशिश सहेजी गई है; फिर से भेजी जा रही है।',
    }),
    unavailable_to_all: () => ({
      title: 'चेकआउट थोड़ी देर के लिए उपलब्ध नहीं है।',
      detail: 'ख़रीदने का बटन अपने आप लौटेगा।',
    }),
    lost: (variant) => ({
      title:
        variant === undefined
          ? 'आपका क्लिक हम तक पहुँचने से पहले सब बिक गया।'
          : `आपका क्लिक हम तक पहुँचने से पहले ${variant} सब बिक गए।`,
      detail: '',
    }),
    lostTimes: (arrived, last) => `आपका क्लिक दुकान तक ${arrived} पर पहुँचा। आख़िरी यूनिट ${last} पर ली गई।`,
    lostClosely:
      'लगभग एक साथ पहुँचे क्लिक एक-एक करके निपटाए जाते हैं। रिपोर्ट बताती है कि यह पहुँचने के क्रम से कितना अलग था।',
    sold_out: () => ({
      title: 'सारी यूनिट बिक चुकी हैं।',
      detail: 'कोई यूनिट फिर उपलब्ध हुई, तो ख़रीदने का बटन लौटेगा।',
    }),
    soldOutIn: (duration) => `खुलने के ${duration} बाद सब बिक गया।`,
    rate_limited: (seconds) => ({
      title: `${seconds} से॰ बाद फिर कोशिश करें।`,
      detail: 'बहुत ज़्यादा क्लिक हो गए। ख़रीदने का बटन अपने आप लौटेगा।',
    }),
    too_early: () => ({
      title: 'सेल अभी खुली नहीं है।',
      detail: 'आपकी उलटी गिनती ठीक कर दी गई है। सेल अपने आप खुलेगी।',
    }),
    paused: (reason) => ({ title: 'सेल रुकी हुई है।', detail: reason ?? 'यह यहाँ अपने आप फिर शुरू होगी।' }),
    ended: (reason) => ({ title: 'सेल समाप्त हो गई।', detail: reason ?? 'आने के लिए धन्यवाद।' }),
    reconnecting: () => ({
      title: 'कनेक्शन टूट गया। दोबारा जोड़ा जा रहा है…',
      detail: 'जुड़ते ही आप फिर ख़रीद सकेंगे। इस बीच के क्लिक सहेजे नहीं जाते।',
    }),
    connecting: () => ({
      title: 'कनेक्ट हो रहा है…',
      detail: 'जुड़ते ही आप ख़रीद सकेंगे। इस बीच के क्लिक सहेजे नहीं जाते।',
    }),
    /** There is no socket; requests are answered. */
    polling: () => ({
      title: 'लाइव कनेक्शन नहीं है: स्टॉक हर कुछ सेकंड में पूछा जाता है।',
      detail: 'आप हमेशा की तरह ख़रीद सकते हैं।',
    }),
    blocked: () => ({
      title: 'दुकान ने इस खाते पर रोक लगाई है।',
      detail: 'आप ख़रीद नहीं सकते; कारण दुकान से पूछें। आपके ऑर्डर ‘मेरे ऑर्डर’ में हैं।',
    }),
    boughtBefore: (unit) => `आपने पिछली सेल में यूनिट ${unit} ख़रीदी। वह ‘मेरे ऑर्डर’ में है।`,
    offline: () => ({
      title: 'आप ऑफ़लाइन हैं।',
      detail: 'ऑनलाइन होते ही आप फिर ख़रीद सकेंगे। इस बीच के क्लिक सहेजे नहीं जाते।',
    }),
    revoked: (unit) => ({
      title: `यूनिट ${unit} का आपका ऑर्डर वापस लिया गया।`,
      detail: 'हमारी ओर की ख़राबी से वह सहेजे जाने से पहले खो गया। आपसे कोई पैसा नहीं लिया गया।',
    }),
    revokedAgain: 'कोई यूनिट फिर उपलब्ध हुई, तो आप उसे यहीं ख़रीद सकते हैं।',
    cancelled: (unit) => ({
      title: `दुकान ने यूनिट ${unit} का आपका ऑर्डर रद्द कर दिया।`,
      detail: 'इस सेल में आप दोबारा नहीं ख़रीद सकते। कारण दुकान से पूछें।',
    }),
    cancelledOnSale: 'यह यूनिट दूसरों के लिए फिर उपलब्ध है।',
    refused: () => ({
      title: 'आपका ऑर्डर स्वीकार नहीं हुआ।',
      detail: 'आपसे कोई पैसा नहीं लिया गया। पेज फिर से लोड करके कोशिश करें।',
    }),
    accountTooNew: () => ({
      title: 'यह खाता इस सेल के लिए बहुत नया है।',
      detail: 'इस सेल में वही खाते ख़रीद सकते हैं जो सेल की घोषणा से पहले बने थे।',
    }),
    forbidden: () => ({ title: 'इस खाते से ख़रीद नहीं हो सकती।', detail: 'ग्राहक के रूप में साइन इन करें।' }),
  },

  order: {
    region: 'आपका ऑर्डर',
    unit: 'यूनिट',
    claimed: 'आपकी हुई। पुष्टि हो रही है…',
    confirmed: 'आपको एक मिल गई। ऑर्डर की पुष्टि हो गई।',
    already: 'आपके पास पहले से एक है। यह रहा आपका ऑर्डर।',
    product: 'उत्पाद',
    print: 'देखें और प्रिंट करें',
    number: 'ऑर्डर',
    price: 'दाम',
    claimedAt: 'ली गई',
    confirmedAt: 'पुष्टि हुई',
    pending: 'बाक़ी है',
    units: 'आपकी यूनिट',
    ofYours: (held, most) => `${most} में से ${held} ख़रीदी`,
  },

  receipt: {
    download: 'रसीद डाउनलोड करें',
    show: 'हस्ताक्षरित रसीद',
    explained: 'आपकी ख़रीद, दुकान के हस्ताक्षर के साथ। जिसके पास दुकान की कुंजी हो, वह इसे जाँच सकता है।',
    elsewhere: 'हस्ताक्षरित रसीद उस डिवाइस पर है जिससे आपने ख़रीदा था।',
  },

  proof: {
    failed: 'प्रमाण लोड नहीं हो सका। फिर कोशिश करें।',
    report: 'सेल रिपोर्ट',
  },

  orders: {
    title: 'मेरे ऑर्डर',
    open: 'मेरे ऑर्डर',
    close: 'बंद करें',
    total: (purchases, count) => plural(purchases, { one: `कुल ${count} ख़रीद`, other: `कुल ${count} ख़रीद` }),
    none: 'अभी कोई ऑर्डर नहीं।',
    loading: 'आपके ऑर्डर लोड हो रहे हैं…',
    failed: 'आपके ऑर्डर लोड नहीं हो सके।',
    again: 'फिर कोशिश करें',
    status: {
      claimed: 'पुष्टि हो रही है',
      held: 'भुगतान की प्रतीक्षा में',
      confirmed: 'पुष्टि हो गई',
      expired: 'समय पर भुगतान नहीं हुआ',
      released: 'छोड़ दिया गया',
      revoked: 'वापस लिया गया',
      cancelled: 'रद्द',
    },
  },

  reminder: {
    calendar: 'कैलेंडर में जोड़ें',
    remind: 'याद दिलाएँ',
    set: 'रिमाइंडर सेट है',
    kept: (time) => `यह पेज तब तक खुला रहा, तो हम सेल खुलने से ${time} पहले याद दिलाएँगे।`,
    blocked: 'रिमाइंडर सेट नहीं है: आपका ब्राउज़र इस पेज की सूचनाएँ रोकता है। उन्हें अनुमति दें, या सेल को अपने कैलेंडर में जोड़ें।',
    event: (product, shop) => `${product}: ${shop} फ़्लैश सेल शुरू`,
    description: (offer) => `${offer}। पहले आएँ, पहले पाएँ।`,
    soon: (product, duration) => `${product}: ${duration} में सेल खुलेगी`,
    soonDetail: 'पेज पर लौटें। सेल अपने आप खुलेगी।',
    open: (product) => `${product}: सेल खुल गई है`,
  },

  drawFailed: {
    title: 'यह पेज दिखाया नहीं जा सका।',
    detail: 'इसे फिर से लोड करें। आपके ऑर्डर सुरक्षित हैं।',
    reload: 'फिर से लोड करें',
  },

  notFound: {
    title: 'पेज नहीं मिला',
    detail: 'सेल दुकान के पेज पर है।',
  },

  spoken: {
    open: 'सेल खुल गई है',
    connectedAgain: 'कनेक्शन फिर जुड़ गया',
    buyAgain: 'आप फिर ख़रीद सकते हैं',
    claimed: (unit) => `यूनिट ${unit} आपकी है। पुष्टि हो रही है…`,
    confirmed: (unit) => `यूनिट ${unit} की पुष्टि हो गई।`,
    already: (unit) => `यूनिट ${unit} पहले से आपके पास है।`,
    opensIn: {
      600: '10 मिनट में खुलेगी',
      300: '5 मिनट में खुलेगी',
      60: '1 मिनट में खुलेगी',
      10: '10 सेकंड में खुलेगी',
    },
    endsIn: { 300: 'सेल 5 मिनट में समाप्त होगी', 60: 'सेल 1 मिनट में समाप्त होगी' },
    stock: (percent, remaining, count) =>
      plural(remaining, {
        one: `${percent} बाक़ी: ${count} यूनिट`,
        other: `${percent} बाक़ी: ${count} यूनिट`,
      }),
  },

  footer: 'असली स्टॉक, कोई बनावटी कमी नहीं, और सर्वर की घड़ी से उलटी गिनती।',
};
