import { AssayValidationPipe } from './validation.pipe';
import { JsonField, ObjectField, ReasonField, StringField } from './fields';

class InnerDto {
  @StringField() name: string;
}

class OuterDto {
  @StringField({ optional: true }) text?: string;
  @ObjectField(() => InnerDto, { optional: true }) inner?: InnerDto;
  @JsonField({ optional: true }) params?: object;
}

const pipe = new AssayValidationPipe();
const read = (value: unknown, type: 'body' | 'query' = 'body') => pipe.transform(value, { type, metatype: OuterDto });
const MEMBERS = [
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'isPrototypeOf',
  '__proto__',
];

describe('a field called as a member of every object', () => {
  it.each(MEMBERS)('is unknown: %s', async (name) => {
    const own = Object.fromEntries([[name, 'x']]);
    const wrong = (field: string) => ({
      errors: [expect.objectContaining({ field, rule: 'unknown_field', value: 'x' })],
    });
    await expect(read(own)).rejects.toMatchObject(wrong(name));
    await expect(read({ inner: own })).rejects.toMatchObject(wrong(`inner.${name}`));
    await expect(read({ params: { list: [own] } })).rejects.toMatchObject(wrong(`params.list[0].${name}`));
    await expect(read(own, 'query')).rejects.toMatchObject(wrong(name));
  });
});

class ReasonDto {
  @ReasonField() reason: string;
}

it.each(['   ', '\n\t', 'a\u001b[31mred', 'a\rb', 'a\u009b2J'])(
  'takes no reason without a word or for a terminal: %j',
  async (reason) => {
    const asked = pipe.transform({ reason }, { type: 'body', metatype: ReasonDto });
    await expect(asked).rejects.toMatchObject({ errors: [{ field: 'reason', rule: 'pattern', value: reason }] });
  },
);

it('takes a reason of several lines', async () => {
  const body = { reason: '40 cells in a spreadsheet,\n\tthen 12 by hand: überall' };
  await expect(pipe.transform(body, { type: 'body', metatype: ReasonDto })).resolves.toEqual(body);
});

it('shows no password of an address', async () => {
  for (const address of ['http://me:secret@x.example/', `ftp://me:secret${'x'.repeat(5000)}@x`, 'https:me:secret@x']) {
    const refused = read({ text: [address], other: address });
    await expect(refused).rejects.toMatchObject({ errors: [{ field: 'other' }, { field: 'text' }] });
    expect(JSON.stringify(await refused.catch(({ errors }: { errors: unknown }) => errors))).not.toContain('secret');
  }
});
