import { pluralsOf } from '../../text/plural.ts';
import type { ReportTexts } from './english.ts';

const plural = pluralsOf('hi');

export const hindi: ReportTexts = {
  title: (product) => `${product} की सेल कैसी रही`,
  heading: 'सेल रिपोर्ट',
  loading: 'रिपोर्ट लोड हो रही है…',
  failed: 'रिपोर्ट अभी नहीं मिल सकी।',
  again: 'फिर कोशिश करें',
  notFound: 'ऐसी कोई सेल नहीं है।',
  ongoing: (time) => `अभी पूरी नहीं हुई: ${time} के आँकड़े। ये अपने आप नए होते रहेंगे।`,
  settling: 'सेल पूरी हुई। आख़िरी ऑर्डर दर्ज हो रहे हैं, फिर इस पर मुहर लगेगी।',
  opened: (time) => `खुली: ${time}`,
  opens: (time) => `खुलेगी: ${time}`,
  ended: (time) => `समाप्त: ${time}`,
  neverOpened: (time) => `खुलने से पहले ही समाप्त: ${time}`,
  reason: (reason) => `दुकान का कहना है: ${reason}`,

  soldOf: (quantity) => `${quantity} में से बिकीं`,
  allGone: (duration) => `खुलने के ${duration} बाद सब बिक गया।`,
  asked: 'ख़रीद अनुरोधों के जवाब',
  price: 'दाम',
  perCustomer: 'हर ग्राहक को',
  atMost: (count) => `ज़्यादा से ज़्यादा ${count}`,
  cancelled: 'रद्द',
  revoked: 'वापस ली गईं',

  answers: {
    title: 'ख़रीद अनुरोधों को क्या जवाब मिले',
    detail: 'जिसने दोबारा पूछा, वह दोबारा गिना गया।',
    none: 'अभी किसी ने नहीं पूछा।',
    claimed: 'एक यूनिट',
    sold_out: 'सब बिक गया',
    already_purchased: 'पहले से एक है',
    sale_not_active: 'सेल खुली नहीं थी',
    too_many_requests: 'बहुत बार पूछा',
    unavailable: 'अभी नहीं, फिर पूछें',
    other: 'अन्य इनकार',
  },

  latency: {
    title: 'जवाब में कितना समय लगा',
    detail: 'ख़रीद के सर्वर तक पहुँचने से जवाब तक। पर्सेंटाइल ज़्यादा से ज़्यादा एक चौथाई ऊँचे हो सकते हैं।',
    answer: 'जवाब',
    claimed: 'एक यूनिट',
    refused: 'इनकार',
    half: 'आधे',
    p90: '10 में से 9',
    p99: '100 में से 99',
    slowest: 'सबसे धीमा',
  },

  fairness: {
    title: 'पहले आएँ, पहले पाएँ',
    inOrder: (claims, count) =>
      plural(claims, {
        one: `${count} दावे का फ़ैसला पहुँचने के क्रम में हुआ।`,
        other: `सभी ${count} दावों का फ़ैसला उसी क्रम में हुआ जिसमें वे पहुँचे।`,
      }),
    overtaken: (overtaken, count, all, by) =>
      plural(overtaken, {
        one: `${all} में से ${count} दावे का फ़ैसला ऐसे दावे के बाद हुआ जो उससे ज़्यादा से ज़्यादा ${by} बाद पहुँचा था।`,
        other: `${all} में से ${count} दावों का फ़ैसला ऐसे दावे के बाद हुआ जो उनसे ज़्यादा से ज़्यादा ${by} बाद पहुँचा था।`,
      }),
    waited: (half, p99, slowest) =>
      `पहुँचने से फ़ैसले तक: आधे ${half} में, 100 में से 99 ${p99} में, सबसे धीमा ${slowest} में।`,
    detail: 'पहुँचने और फ़ैसले का समय एक ही घड़ी से, मिलीसेकंड तक नापा गया।',
    later: 'सेल पूरी होने पर इसका हिसाब होगा।',
  },

  faults: {
    title: 'क्या गड़बड़ हुई',
    none: 'कुछ नहीं: डेटा भंडार शुरू से आख़िर तक चलते रहे।',
    recoveries: 'Redis फिर से बनाया गया',
    restored: 'लौटाए गए दावे',
    revoked: 'वापस लिए गए दावे',
    last: 'आख़िरी बार',
  },

  seal: {
    title: 'मुहर',
    detail: 'हर दावे पर, उनके क्रम में, एक संख्या। एक भी बदले तो यह भी बदल जाएगी।',
    later: 'सेल पूरी होने और सारे ऑर्डर दर्ज होने पर बनेगी।',
    root: 'मूल',
    claims: 'दावे',
    sealedAt: 'मुहर लगी',
    version: 'संस्करण',
    invariants: 'अपरिवर्तनीय शर्तें',
    allHold: 'सभी पूरी हैं',
    broken: 'ऑर्डर का हिसाब नहीं मिलता, इसलिए बिक्री पर सील नहीं लगी। जो सही नहीं है:',
    leaves: 'सारे दावे, बिना नामों के',
    check: 'ख़ुद जाँचने के लिए, दुकान की रिपॉज़िटरी में मौजूद जाँच प्रोग्राम से:',
  },

  counted: (duration) =>
    `जवाब हर सर्वर पर गिने जाते हैं और हर ${duration} में लिखे जाते हैं: कोई सर्वर अचानक बंद हो जाए, तो उसके आख़िरी इनकार छूट सकते हैं। ऑर्डर कभी नहीं छूटते।`,
};
