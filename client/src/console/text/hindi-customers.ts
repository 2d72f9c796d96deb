import { pluralsOf } from '../../text/plural.ts';
import type { ConsoleTexts } from './english.ts';

const plural = pluralsOf('hi');

/** The texts about customers, their orders and the filter of the activity. */
export const hindiCustomers: Pick<ConsoleTexts, 'logFilter' | 'shoppers' | 'presale'> = {
  logFilter: {
    filter: 'छाँटें',
    by: 'ऑपरेटर',
    step: 'क़दम',
    anyStep: 'सभी क़दम',
    day: { from: 'इस दिन से', to: 'इस दिन तक' },
    wrongDays: 'आख़िरी दिन पहले दिन से पहले नहीं हो सकता।',
    apply: 'लागू करें',
    showAll: 'सब दिखाएँ',
    noMatch: 'मेल खाती कोई गतिविधि नहीं।',
  },
  shoppers: {
    search: 'ऑर्डर खोजें',
    searchDetail: 'सभी सेलों में। ग्राहक की आईडी की शुरुआत, ऑर्डर नंबर या ऑर्डर आईडी लिखें।',
    searchFor: 'ग्राहक या ऑर्डर',
    customer: (id) => `ग्राहक ${id}`,
    purchases: (count, text) => plural(count, { one: `कुल ${text} ख़रीद`, other: `कुल ${text} ख़रीदें` }),
    mayBuy: 'यह ग्राहक ख़रीद सकता है।',
    blockedBy: (by, at) => `${by} ने ${at} को रोका।`,
    blocked: 'रोके गए ग्राहक',
    by: (by, at) => `${by}, ${at}`,
    noneBlocked: 'कोई ग्राहक रोका नहीं गया है।',
  },
  presale: {
    who: 'कौन ख़रीद सकता है',
    kinds: { none: 'सभी', minutes: 'पहले एक्सेस कोड से, फिर सभी', end: 'केवल एक्सेस कोड से' },
    minutes: 'कोड वाले मिनट',
    minutesWrong: '1 से 5,25,600 तक की पूर्ण संख्या लिखें।',
    title: 'एक्सेस कोड',
    detail: 'हर कोड से एक ग्राहक इस सेल में ख़रीद सकता है। दुकान केवल हैश रखती है: कोड बनते समय आपको एक ही बार मिलते हैं।',
    issued: 'बनाए गए',
    redeemed: 'इस्तेमाल हुए',
    revokedCount: 'रद्द किए गए',
    count: 'कितने कोड बनाएँ',
    countWrong: '1 से 10,000 तक की पूर्ण संख्या लिखें।',
    generate: 'बनाएँ और डाउनलोड करें',
    generated: (count, text) =>
      plural(count, { one: `${text} कोड बना और डाउनलोड हुआ।`, other: `${text} कोड बने और डाउनलोड हुए।` }),
    variant: 'केवल इसके लिए',
    anyVariant: 'कोई भी विकल्प',
    import: 'फ़ाइल आयात करें',
    importDetail: 'CSV या टेक्स्ट, हर पंक्ति में एक कोड; अल्पविराम के बाद उस विकल्प का SKU।',
    imported: (imported, duplicates, invalid) =>
      `${imported} आयात, ${duplicates} दोहराए गए, ${invalid} अमान्य।`,
    notImported: (lines) => `आयात नहीं हुईं: पंक्तियाँ ${lines}।`,
    code: 'रद्द करने का कोड',
    revoke: 'रद्द करें',
    revoked: 'कोड रद्द हो गया।',
    failed: 'यह नहीं हो सका। फिर कोशिश करें।',
    refused: {
      conflict: 'सीमा पूरी हो गई है, या कोड इस्तेमाल हो चुका है। ग्राहक को रोकने के लिए उसे ब्लॉक करें।',
      not_found: 'इस सेल में ऐसा कोई कोड नहीं। इसे जाँचें।',
      payload_too_large: 'फ़ाइल बहुत लंबी है।',
    },
  },
};
