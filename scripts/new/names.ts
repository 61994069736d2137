/** One name in the forms the code uses. */
export interface Names {
  /** `price-range`: files. */
  kebab: string;
  /** `price_range`: keys on the wire. */
  snake: string;
  /** `priceRange`: values. */
  camel: string;
  /** `PriceRange`: types. */
  pascal: string;
  /** `price range`: sentences. */
  words: string;
}

/** @throws Error for a name that is not in kebab-case. */
export function namesOf(kebab: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab)) {
    throw new Error(`the name must be in kebab-case, such as price-range, was ${kebab}`);
  }
  const words = kebab.split('-');
  const pascal = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return {
    kebab,
    snake: words.join('_'),
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
    words: words.join(' '),
  };
}
