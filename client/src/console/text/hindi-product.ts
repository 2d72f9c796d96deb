/** The texts about what a product looks like. */
export const hindiProduct = {
  product: {
    description: 'विवरण',
    descriptionHint: 'सादा टेक्स्ट। अनुच्छेदों के बीच एक खाली पंक्ति छोड़ें।',
    images: 'चित्र',
    imagesHint: 'JPEG, PNG, WebP या AVIF, हर एक 10 MB तक। पहला चित्र पेज पर सबसे बड़ा दिखता है।',
    add: 'चित्र जोड़ें',
    uploading: (name: string) => `${name} अपलोड हो रहा है…`,
    alt: 'वैकल्पिक टेक्स्ट',
    altHint: 'चित्र में क्या है, उनके लिए जो उसे नहीं देख पाते।',
    earlier: 'आगे लाएँ',
    later: 'पीछे ले जाएँ',
    remove: 'हटाएँ',
    full: 'एक उत्पाद के अधिकतम 8 चित्र हो सकते हैं।',
    wrong: {
      description: 'अधिकतम 2,000 वर्ण लिखें।',
      alt: 'हर चित्र का वर्णन 1 से 200 वर्णों में करें।',
    },
    refused: {
      invalid_image: (name: string) => `${name}: शॉप यह चित्र स्वीकार नहीं करती।`,
      payload_too_large: (name: string) => `${name}: फ़ाइल 10 MB से बड़ी है।`,
      unsupported_media_type: (name: string) => `${name}: केवल JPEG, PNG, WebP और AVIF स्वीकार्य हैं।`,
      too_many_requests: (_name: string) => 'बहुत ज़्यादा अपलोड। एक मिनट रुकें, फिर कोशिश करें।',
      request_timeout: (name: string) => `${name}: अपलोड में बहुत समय लगा। छोटी फ़ाइल चुनें।`,
      other: (name: string) => `${name} अपलोड नहीं हुआ। फिर कोशिश करें।`,
    },
  },
};
