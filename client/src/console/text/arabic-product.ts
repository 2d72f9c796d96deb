/** The texts about what a product looks like. */
export const arabicProduct = {
  product: {
    description: 'الوصف',
    descriptionHint: 'نص عادي. اترك سطرًا فارغًا بين الفقرات.',
    images: 'الصور',
    imagesHint: 'JPEG أو PNG أو WebP أو AVIF، حتى 10 ميغابايت لكل صورة. الأولى هي الأكبر في الصفحة.',
    add: 'إضافة صور',
    uploading: (name: string) => `جارٍ رفع ${name}…`,
    alt: 'النص البديل',
    altHint: 'ما تعرضه الصورة، لمن لا يراها.',
    earlier: 'تقديم',
    later: 'تأخير',
    remove: 'إزالة',
    full: 'للمنتج 8 صور على الأكثر.',
    wrong: {
      description: 'أدخل 2000 حرف على الأكثر.',
      alt: 'صِف كل صورة في 1 إلى 200 حرف.',
    },
    refused: {
      invalid_image: (name: string) => `${name}: لا يقبل المتجر هذه الصورة.`,
      payload_too_large: (name: string) => `${name}: الملف أكبر من 10 ميغابايت.`,
      unsupported_media_type: (name: string) => `${name}: لا يُقبل إلا JPEG وPNG وWebP وAVIF.`,
      too_many_requests: (_name: string) => 'عمليات رفع كثيرة. انتظر دقيقة ثم حاول مجددًا.',
      request_timeout: (name: string) => `${name}: استغرق الرفع وقتًا طويلًا. استخدم ملفًا أصغر.`,
      other: (name: string) => `تعذر رفع ${name}. حاول مجددًا.`,
    },
  },
};
