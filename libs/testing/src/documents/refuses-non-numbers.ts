import { numberPlaces, type NumberPlace } from './number-places';

/** Ids in a path lead to nothing: what is wrong with the body comes first. */
const NOTHING = '018f3c1e-7b1a-7000-8000-00000000dead';
/** What JSON cannot say, as senders write it all the same. */
const INFINITE = ['1e999', '-1e999'];
const TEXTS = ['"NaN"', '"Infinity"', '"-Infinity"', '"nan"'];

interface Refusal {
  status: number;
  body: { code?: string; errors?: { field: string }[] };
}

interface Service {
  /** Path of its OpenAPI document. */
  document: string;
  /** What all its paths begin with. */
  prefix: string;
  /** Fewer numbers than that mean that the document was not read. */
  leastPlaces: number;
  /** Schemas of its tables. */
  schemas: readonly string[];
  query(sql: string, parameters?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  send(method: string, path: string, body: string, headers: Record<string, string>): Promise<Refusal>;
}

/** Contract of every service: a number that is none is refused by its name, wherever a body takes one, and adds no row. */
export function refusesNonNumbers({ document, prefix, leastPlaces, schemas, query, send }: Service): void {
  const places = numberPlaces(document);

  async function rowCounts(): Promise<string> {
    const { rows } = await query(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema = ANY($1) OR (table_schema, table_name) = ('ops', 'job') ORDER BY 1`,
      [schemas],
    );
    const counts: string[] = [];
    for (const { name } of rows) {
      const found = await query(`SELECT count(*) AS n FROM ${String(name)}`);
      counts.push(`${String(name)} ${String(found.rows[0]?.n)}`);
    }
    return counts.join();
  }

  function refusalOf({ method, path, bodyWith }: NumberPlace, number: string): Promise<Refusal> {
    const url = path.replaceAll(/\{\w+\}/g, NOTHING).slice(prefix.length);
    return send(method, url, bodyWith(number), { 'content-type': 'application/json', 'if-match': '"1"' });
  }

  it('is found in documents that are read', () => expect(places.length).toBeGreaterThan(leastPlaces));

  it('is refused by its name where it is infinite', async () => {
    const before = await rowCounts();
    for (const place of places)
      for (const number of INFINITE) {
        const { status, body } = await refusalOf(place, number);
        const refused = [place.method, place.path, status, body.code, body.errors?.[0]?.field];
        expect(refused).toEqual([place.method, place.path, 422, 'validation_failed', place.field]);
      }
    expect(await rowCounts()).toBe(before);
  });

  it('is refused by its name where it is a text', async () => {
    const before = await rowCounts();
    const accepted: unknown[] = [];
    for (const place of places.filter(({ takesText }) => !takesText))
      for (const number of TEXTS) {
        const { status, body } = await refusalOf(place, number);
        // a list of numbers is refused as a whole
        const names = [place.field, place.field.replace(/\[0\]$/, '')];
        const isNamed = (body.errors ?? []).some(({ field }) => names.includes(field));
        if (status !== 422 || !isNamed) accepted.push([place.method, place.path, place.field, number, status]);
      }
    expect(accepted).toEqual([]);
    expect(await rowCounts()).toBe(before);
  });
}
