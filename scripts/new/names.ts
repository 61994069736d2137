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

/** Words that a file can be called by but no value of TypeScript, or that objects have as members. */
const RESERVED = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do ' +
    'else enum eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let ' +
    'module namespace never new null number object of package private protected prototype public readonly require return set static ' +
    'string super switch symbol this throw true try type typeof undefined unique unknown var void while with yield'
  ).split(' '),
);

/** @throws Error for a name that is not in kebab-case, or a word of the language. */
export function namesOf(kebab: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab)) {
    throw new Error(`the name must be in kebab-case, such as price-range, was ${kebab}`);
  }
  if (RESERVED.has(kebab)) throw new Error(`the name must be no word of TypeScript, was ${kebab}`);
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
