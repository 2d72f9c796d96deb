import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('hi');

export const hindiAhead: typeof englishAhead = {
  plans: {
    title: 'नियोजित सेल',
    detail:
      'जब पेज पर की सेल समाप्त हो जाए और अगली एक घंटे के भीतर खुलने वाली हो, तब वह अपने आप पेज पर आ जाती है। उससे पहले आप किसी को भी ख़ुद वहाँ ला सकते हैं।',
    none: 'कोई सेल योजना में नहीं है।',
    failed: 'योजनाएँ अभी लोड नहीं हो सकीं।',
    in: (span) => `${span} में`,
    terms: (units, price) => `${units} यूनिट, हर एक ${price}`,
    by: (name) => `योजना: ${name}`,
    missed: 'इंतज़ार में इसके खुलने का समय बीत गया: पेज पर आते ही यह खुल जाएगी।',
    over: 'इंतज़ार में इसके अंत का समय बीत गया।',
    activateOf: (name) => `${name} को पेज पर लाएँ`,
    dropOf: (name) => `${name} की योजना हटाएँ`,
    waiting: (count, text) =>
      plural(count, { one: `“योजना” में ${text} नियोजित सेल`, other: `“योजना” में ${text} नियोजित सेल` }),
  },

  rehearsal: {
    title: 'पूर्वाभ्यास',
    detail:
      'एक पूरी सेल जो और कोई नहीं देखता, सिम्युलेट की गई भीड़ के साथ। बीच में एक नोड, Redis और डेटाबेस गिराए जाते हैं; अंत में प्रमाणपत्र मिलता है।',
    explain:
      'यह दुकान के साथ-साथ, वहाँ के हर काम के पीछे चलता है। पेज पर की सेल को छुआ नहीं जाता, और कोई सेल खुलने को हो तो पूर्वाभ्यास रोक दिया जाता है।',
    unavailable: 'यह दुकान यहाँ से कोई नहीं चलाती। जहाँ रिपॉज़िटरी है, वहाँ npm run rehearse चलाता है।',
    obstacle: {
      rehearsal_running: 'एक समय में एक: यह पूरा होने पर अगला शुरू हो सकता है।',
      sale_too_near: 'जब तक सेल चालू है या आधे घंटे में खुलने वाली है, कोई शुरू नहीं हो सकता।',
    },
    none: 'अभी तक कोई नहीं हुआ।',
    failed: 'पूर्वाभ्यास अभी लोड नहीं हो सके।',
    begin: 'पूर्वाभ्यास करें',
    breakOff: 'बीच में रोकें',
    outcome: 'नतीजा',
    steps: 'अब तक क्या हुआ',
    size: { shoppers: 'ग्राहक', quantity: 'यूनिट', spreadS: 'कितने सेकंड की भीड़', nodes: 'नोड' },
    wrong: (least, most) => `${least} से ${most} तक की पूरी संख्या।`,
    services: 'किन सेवाओं पर',
    service: { private: 'अपनी सेवाएँ', shared: 'दुकान की सेवाएँ' },
    serviceDetail: {
      private: 'इस मशीन पर अपना Redis और अपना डेटाबेस। दोनों गिराए जाते हैं।',
      shared: 'वहाँ अपने अलग डेटाबेस में। सिर्फ़ अपने नोड गिराए जाते हैं।',
    },
    status: {
      running: 'चल रहा है',
      held: 'हर वादा पूरा हुआ',
      broken: 'एक वादा टूटा',
      stopped: 'प्रमाणपत्र नहीं',
    },
    why: {
      operator: 'किसी संचालक ने इसे रोका।',
      sale: 'एक सेल खुलने वाली थी।',
      time: 'इसमें बहुत समय लगा।',
      node: 'जो नोड इसे चला रहा था, वह बंद हो गया।',
      fault: 'यह चल नहीं सका।',
    },
    of: (shoppers, units) => `${units} यूनिट के लिए ${shoppers} ग्राहक`,
    certificate: 'प्रमाणपत्र',
    certificateOf: (time) => `${time} का प्रमाणपत्र`,
    asText: 'टेक्स्ट डाउनलोड करें',
    asJson: 'JSON डाउनलोड करें',
    promises: 'वादे',
    faults: 'बीच की गड़बड़ियाँ',
    fault: 'गड़बड़ी',
    down: 'बंद रहा',
    ready: 'सब तैयार',
    notInTime: 'समय पर नहीं',
    notTried: 'आज़माया नहीं',
    answers: 'जवाब, जैसे ग्राहकों ने देखे',
    answer: { claimed: 'एक यूनिट', other: 'बाक़ी सब' },
    slowest: 'सबसे धीमा',
    seal: 'मुहरबंद, मूल',
  },
};
