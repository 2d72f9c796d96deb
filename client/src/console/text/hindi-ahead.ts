import { pluralsOf } from '../../text/plural.ts';
import type { englishAhead } from './english-ahead.ts';

const plural = pluralsOf('hi');

export const hindiAhead: typeof englishAhead = {
  plans: {
    drafts: 'ड्राफ़्ट',
    edit: 'संपादित करें',
    duplicate: 'डुप्लिकेट करें',
    preview: 'पूर्वावलोकन',
    savedBy: (name: string) => `${name} ने सहेजा`,
    title: 'नियोजित सेल',
    detail:
      'अगली सेल अपने आप प्रकाशित होती है: मौजूदा सेल समाप्त हो, तो खुलने से ज़्यादा से ज़्यादा एक घंटा पहले; मौजूदा सेल बिक चुकी हो, तो खुलने के समय। आप किसी को भी पहले प्रकाशित कर सकते हैं।',
    none: 'कोई नियोजित सेल नहीं।',
    failed: 'नियोजित सेलें लोड नहीं हो सकीं।',
    in: (span) => `${span} में`,
    terms: (units, price) => `${units} यूनिट, हर एक ${price}`,
    by: (name) => `योजना: ${name}`,
    missed: 'इसके खुलने का समय निकल गया। प्रकाशित करते ही यह खुल जाएगी।',
    over: 'इसके अंत का समय बीत गया।',
    waiting: (count, text) =>
      plural(count, { one: `“सेलें” में ${text} नियोजित सेल`, other: `“सेलें” में ${text} नियोजित सेलें` }),
  },

  final: { end: 'समाप्त', cancel: 'रद्द' },
  automatically: 'सिस्टम',
  next: {
    none: 'कोई नियोजित सेल अपने आप नहीं आएगी।',
    soon: (name, time) => `इसके बाद ${name} अपने आप प्रकाशित होगी। खुलने का समय: ${time}।`,
    later: (name, time) => `इसके बाद ${name} है। खुलने का समय: ${time}; उससे एक घंटे पहले वह प्रकाशित होगी।`,
    missed: (name) => `${name} के खुलने का समय निकल गया। खोलने के लिए उसे प्रकाशित करें।`,
    replaced: (name) => `इससे ${name} समाप्त हो जाएगी।`,
  },

  rehearsal: {
    title: 'पूर्वाभ्यास',
    detail:
      'सिम्युलेट की गई भीड़ के साथ एक पूरी निजी सेल। इस दौरान एक नोड, Redis और डेटाबेस बंद किए जाते हैं; अंत में प्रमाणपत्र मिलता है।',
    explain:
      'यह दुकान के साथ कम प्राथमिकता पर चलता है और मौजूदा सेल को नहीं छूता। कोई सेल खुलने वाली हो, तो यह रुक जाता है।',
    unavailable: 'यह दुकान पूर्वाभ्यास नहीं चलाती। रिपॉज़िटरी में npm run rehearse चलाएँ।',
    obstacle: {
      rehearsal_running: 'एक समय में एक ही पूर्वाभ्यास चल सकता है।',
      sale_too_near: 'जब तक सेल चालू है या 30 मिनट में खुलने वाली है, पूर्वाभ्यास शुरू नहीं हो सकता।',
    },
    none: 'अभी कोई पूर्वाभ्यास नहीं।',
    failed: 'पूर्वाभ्यास लोड नहीं हो सके।',
    begin: 'पूर्वाभ्यास शुरू करें',
    breakOff: 'पूर्वाभ्यास रोकें',
    outcome: 'नतीजा',
    steps: 'अब तक के चरण',
    size: { shoppers: 'ग्राहक', quantity: 'यूनिट', spreadS: 'कितने सेकंड की भीड़', nodes: 'नोड' },
    wrong: (least, most) => `${least} से ${most} तक की पूरी संख्या लिखें।`,
    services: 'सेवाएँ',
    service: { private: 'अलग सेवाएँ', shared: 'दुकान की सेवाएँ' },
    serviceDetail: {
      private: 'इस मशीन पर अलग Redis और डेटाबेस। दोनों बंद किए जाते हैं।',
      shared: 'दुकान की सेवाओं पर अलग डेटाबेस। सिर्फ़ पूर्वाभ्यास के नोड बंद किए जाते हैं।',
    },
    status: {
      running: 'चल रहा है',
      held: 'सारे वादे पूरे हुए',
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
    asText: 'टेक्स्ट डाउनलोड करें',
    asJson: 'JSON डाउनलोड करें',
    promises: 'वादे',
    faults: 'गड़बड़ियाँ',
    fault: 'गड़बड़ी',
    down: 'बंद रहा',
    ready: 'सब तैयार',
    notInTime: 'समय पर नहीं',
    notTried: 'आज़माया नहीं',
    answers: 'जवाब, जैसे ग्राहकों ने देखे',
    answer: { claimed: 'यूनिट मिली', other: 'अन्य जवाब' },
    slowest: 'सबसे धीमा',
    seal: 'मुहरबंद, चेकसम',
  },
};
