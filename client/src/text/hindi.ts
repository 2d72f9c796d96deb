import type { Texts } from './english.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('hi');

export const hindi: Texts = {
  brand: 'Flipzon',
  pageTitle: (product) => `${product} · Flipzon फ़्लैश सेल`,
  watching: (count) => `दर्शक: ${count}`,
  signedInAs: 'साइन इन:',
  signOut: 'साइन आउट',
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
    held: 'अपडेट रुके हैं',
    stale: 'आख़िरी जानकारी',
  },
  noSaleDetail: 'अभी कुछ तय नहीं है। अगली सेल यहाँ अपने आप दिखेगी।',

  leftOf: (quantity) => `${quantity} में से बाक़ी`,
  unitsForSale: (count, quantity, price) =>
    plural(count, { one: `${quantity} यूनिट, दाम ${price}`, other: `${quantity} यूनिट, हर एक ${price}` }),
  left: (remaining, quantity) => `${quantity} में से ${remaining} बाक़ी`,
  noRefresh: 'रीफ़्रेश करने की ज़रूरत नहीं: सेल अपने आप खुलेगी।',
  daysLeft: (days, count) => plural(days, { one: `${count} दिन`, other: `${count} दिन` }),
  utc: (time) => `${time} UTC`,
  lastKnown: 'आख़िरी बार पता चली संख्या',
  asOf: (age) => `${age} पहले की संख्या`,
  heldAt: (time) => `अपडेट रुके हुए हैं; यह संख्या ${time} की है।`,
  clockOff: (seconds) => `आपकी घड़ी में ${seconds} से॰ का अंतर है; हम अपनी घड़ी से चलते हैं।`,

  simulated: {
    label: 'सिम्युलेट की गई भीड़',
    detail: 'इस सेल के ख़रीदार असली नहीं, प्रदर्शन के लिए चलाया गया एक प्रोग्राम हैं।',
  },

  curve: {
    since: (time) => `${time} से इस पेज पर दिखी बाक़ी यूनिट`,
  },

  button: {
    buy: (price) => `${price} में ख़रीदें`,
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

  signInForm: {
    title: 'ख़रीदने के लिए साइन इन करें',
    expired: 'आपका सत्र समाप्त हो गया। फिर से साइन इन करें; इस बीच सेल यहाँ चलती रहेगी।',
    field: 'ग्राहक आईडी',
    submit: 'साइन इन करें',
    busy: 'साइन इन हो रहा है…',
    close: 'सिर्फ़ देखें',
    refused: {
      elsewhere: 'इस दुकान के लिए साइन इन कहीं और होता है। पहले वहाँ साइन इन करें, फिर इस पेज पर लौटें।',
      invalid: 'यह ग्राहक आईडी इस्तेमाल नहीं की जा सकती।',
      too_many: 'बहुत सारी कोशिशें हुईं। थोड़ा रुककर फिर कोशिश करें।',
      unreachable: 'अभी साइन इन नहीं हो सका। फिर कोशिश करें।',
    },
  },

  message: {
    live: (perCustomer) => ({
      title: 'पहले आएँ, पहले पाएँ।',
      detail: `हर ग्राहक को ज़्यादा से ज़्यादा ${perCustomer}। असली स्टॉक, सर्वर की घड़ी के हिसाब से।`,
    }),
    claiming: () => ({ title: 'आपके नाम हो रहा है…', detail: 'आपका क्लिक रास्ते में है।' }),
    unknown: () => ({
      title: 'आपके दावे की जाँच हो रही है…',
      detail: 'अभी जवाब नहीं आया। हम फिर पूछ रहे हैं; दो बार दावा कभी नहीं होगा।',
    }),
    unavailable: () => ({
      title: 'बिक्री काउंटर की जाँच हो रही है; आपकी जगह सुरक्षित है।',
      detail: 'हम अपने आप फिर पूछेंगे। आपको कुछ नहीं करना है।',
    }),
    unavailable_to_all: () => ({
      title: 'बिक्री काउंटर की जाँच हो रही है।',
      detail: 'इस बीच कोई नहीं ख़रीद सकता। ख़रीदने का बटन यहाँ अपने आप लौटेगा।',
    }),
    lost: () => ({ title: 'आपका क्लिक हम तक पहुँचने से पहले सब बिक गया।', detail: '' }),
    lostTimes: (pressed, soldOut) => `आपने ${pressed} पर दबाया। आख़िरी यूनिट ${soldOut} तक बिक चुकी थी।`,
    sold_out: () => ({
      title: 'सारी यूनिट बिक चुकी हैं।',
      detail: 'यहीं रहें: कोई यूनिट लौटी, तो ख़रीदने का बटन भी लौटेगा।',
    }),
    soldOutIn: (duration) => `खुलने के ${duration} बाद सब बिक गया।`,
    rate_limited: (seconds) => ({
      title: `${seconds} से॰ बाद फिर कोशिश करें।`,
      detail: 'बहुत सारे क्लिक हो गए। ख़रीदने का बटन अपने आप लौटेगा।',
    }),
    too_early: () => ({
      title: 'आप एक पल पहले आ गए।',
      detail: 'सर्वर ने अभी सेल नहीं खोली है। हमने घड़ी फिर से मिला ली है।',
    }),
    paused: (reason) => ({ title: 'सेल रुकी हुई है।', detail: reason ?? 'यह यहाँ अपने आप फिर शुरू होगी।' }),
    ended: (reason) => ({ title: 'सेल समाप्त हो गई।', detail: reason ?? 'आने के लिए धन्यवाद।' }),
    reconnecting: () => ({
      title: 'कनेक्शन टूट गया। दोबारा जोड़ा जा रहा है…',
      detail: 'जुड़ते ही आप ख़रीद सकेंगे। कोई क्लिक बाद के लिए नहीं रखा जाता।',
    }),
    connecting: () => ({
      title: 'कनेक्ट हो रहा है…',
      detail: 'जुड़ते ही आप ख़रीद सकेंगे। कोई क्लिक बाद के लिए नहीं रखा जाता।',
    }),
    offline: () => ({
      title: 'आप ऑफ़लाइन हैं।',
      detail: 'नेटवर्क लौटने तक ख़रीदना बंद है। कोई क्लिक बाद के लिए नहीं रखा जाता।',
    }),
    revoked: (unit) => ({
      title: `यूनिट ${unit} पर आपका दावा वापस ले लिया गया।`,
      detail:
        'हमारी ओर की ख़राबी से वह दर्ज होने से पहले ही खो गया। आपसे कोई पैसा नहीं लिया गया। कोई यूनिट वापस बिक्री पर आए, तो आप उसे यहीं ख़रीद सकते हैं।',
    }),
    cancelled: (unit) => ({
      title: `यूनिट ${unit} का आपका ऑर्डर दुकान ने रद्द कर दिया।`,
      detail:
        'यह यूनिट दूसरों के लिए फिर बिक्री में है। इस सेल में आप दोबारा नहीं ख़रीद सकते; कारण न पता हो, तो दुकान से पूछें।',
    }),
    refused: () => ({
      title: 'यह नहीं हो सका।',
      detail: 'दुकान ने यह ख़रीद स्वीकार नहीं की। आपसे कोई पैसा नहीं लिया गया।',
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
    confirmed: 'पुष्टि हो गई, और दर्ज है।',
    already: 'आपके पास पहले से एक है। यह रही।',
    number: 'ऑर्डर',
    price: 'दाम',
    claimedAt: 'ली गई',
    confirmedAt: 'पुष्टि हुई',
    pending: 'कुछ ही पल में',
    units: 'आपकी यूनिट',
    ofYours: (held, most) => `${most} में से ${held} आपकी`,
  },

  receipt: {
    download: 'रसीद डाउनलोड करें',
    show: 'हस्ताक्षरित रसीद',
    explained: 'आपके दावे पर दुकान का हस्ताक्षर। जिसके पास दुकान की कुंजी हो, वह इसे जाँच सकता है।',
    elsewhere: 'हस्ताक्षरित रसीद उस डिवाइस पर है जिससे आपने ख़रीदा था।',
  },

  proof: {
    check: 'मुहर जाँचें',
    checking: 'जाँच हो रही है…',
    holds: (claim, all) => `मुहर में है: ${all} में से दावा ${claim}। इसी डिवाइस पर जाँचा गया।`,
    notYet: 'अभी मुहर नहीं लगी। सेल पूरी होने और सारे ऑर्डर दर्ज होने पर लगेगी।',
    broken: 'यह प्रमाण सही नहीं निकला। इसे सँभालकर रखें और दुकान से पूछें।',
    failed: 'प्रमाण अभी नहीं मिल सका।',
    unsupported: 'यह ब्राउज़र इसे सिर्फ़ सुरक्षित कनेक्शन (https) पर जाँच सकता है।',
    save: 'प्रमाण सहेजें',
    report: 'सेल रिपोर्ट',
  },

  orders: {
    title: 'मेरे ऑर्डर',
    open: 'मेरे ऑर्डर',
    close: 'बंद करें',
    total: (purchases, count) => plural(purchases, { one: `कुल ${count} ख़रीद`, other: `कुल ${count} ख़रीद` }),
    none: 'अभी कोई ऑर्डर नहीं।',
    loading: 'आपके ऑर्डर लाए जा रहे हैं…',
    failed: 'आपके ऑर्डर अभी नहीं मिल सके।',
    again: 'फिर कोशिश करें',
    status: {
      claimed: 'पुष्टि हो रही है',
      confirmed: 'पुष्टि हो गई',
      revoked: 'वापस लिया गया',
      cancelled: 'रद्द',
    },
  },

  reminder: {
    calendar: 'कैलेंडर में जोड़ें',
    remind: 'याद दिलाएँ',
    set: 'रिमाइंडर सेट है',
    kept: (time) => `यह पेज खुला रहा, तो हम सेल खुलने से ${time} पहले याद दिलाएँगे।`,
    blocked:
      'आपका ब्राउज़र इस पेज की सूचनाएँ नहीं दिखाता। टैब के शीर्षक में उलटी गिनती चलती है; आपके कैलेंडर में जोड़ी गई प्रविष्टि हर हाल में याद दिलाएगी।',
    event: (product) => `${product}: Flipzon फ़्लैश सेल शुरू`,
    description: (offer) => `${offer}। पहले आएँ, पहले पाएँ।`,
    soon: (product, duration) => `${product}: ${duration} में सेल खुलेगी`,
    soonDetail: 'पेज पर लौटें: सेल अपने आप खुलेगी।',
    open: (product) => `${product}: सेल खुल गई है`,
  },

  boardPage: {
    title: (product) => `${product} · Flipzon लाइव बोर्ड`,
    sold: 'बिक चुकीं',
    spectators: 'दर्शक',
    rate: 'हर सेकंड बिक्री',
    rateOver: (duration) => `पिछले ${duration} में`,
    last: 'अभी-अभी बिकीं',
    none: 'यह पेज खुलने के बाद से अब तक कोई नहीं।',
    units: (units, count) => plural(units, { one: `${count} यूनिट`, other: `${count} यूनिट` }),
    back: (units, count) => plural(units, { one: `${count} यूनिट लौटी`, other: `${count} यूनिट लौटीं` }),
  },

  notFound: {
    title: 'इस पते पर कुछ नहीं है।',
    detail: 'सेल दुकान के अपने पेज पर है।',
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
    stock: (percent, remaining, count) =>
      plural(remaining, {
        one: `${percent} बाक़ी: ${count} यूनिट`,
        other: `${percent} बाक़ी: ${count} यूनिट`,
      }),
  },

  footer: 'जो दिखता है, वही है: असली स्टॉक, कोई बनावटी कमी नहीं, और सर्वर की घड़ी से उलटी गिनती।',
};
