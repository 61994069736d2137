interface Route {
  method: string | string[];
  url: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Which methods a path has, for the answer to a method that it has not. */
export class KnownRoutes {
  private readonly byPattern = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  add({ method, url }: Route): void {
    const source = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part)))
      .join('/');
    const known = this.byPattern.get(source) ?? { pattern: new RegExp(`^${source}$`), methods: new Set<string>() };
    for (const one of [method].flat()) known.methods.add(one);
    this.byPattern.set(source, known);
  }

  methodsOf(path: string): string[] {
    const found = [...this.byPattern.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}
