import { days, text, iso, dotted, thousands, comma, DAY_CASE, year, month, day, type FormatCase } from './format-case';

export const LANGUAGE_CASES: readonly FormatCase[] = [
  {
    ...DAY_CASE,
    name: 'German headers, decimal comma, dd.mm.yyyy',
    file: 'kurse.csv',
    bytes: text(
      'Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke',
      ...days((t, { o, h, l, c, v }) => [dotted(t), ...[o, h, l, c].map(comma), v].join(';')),
    ),
  },
  {
    ...DAY_CASE,
    name: 'German headers in windows-1252',
    file: 'kurse-alt.csv',
    bytes: () =>
      Buffer.from(
        [
          'Datum;Eröffnung;Hoch;Tief;Schluss;Stücke',
          ...days((t, { o, h, l, c, v }) => [dotted(t), ...[o, h, l, c].map(comma), v].join(';')),
        ].join('\r\n'),
        'latin1',
      ),
  },
  {
    ...DAY_CASE,
    name: 'French headers, dd/mm/yyyy',
    file: 'cours.csv',
    bytes: text(
      '"Date","Dernier","Ouv.","Plus Haut","Plus Bas","Vol.","Variation %"',
      ...days(
        (t, { o, h, l, c, v }) =>
          [`${day(t)}/${month(t)}/${year(t)}`, ...[c, o, h, l].map(comma), `${comma(v / 1000)}K`, '0,39%']
            .map((x) => `"${x}"`)
            .join(','),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...DAY_CASE,
    name: 'Spanish headers with a byte order mark',
    file: 'datos.csv',
    bytes: text(
      '\ufeff"Fecha","Último","Apertura","Máximo","Mínimo","Vol.","% var."',
      ...days((t, { o, h, l, c, v }) =>
        [dotted(t), ...[c, o, h, l].map(comma), `${comma(v / 1000)}K`, '0,39%'].map((x) => `"${x}"`).join(','),
      ),
    ),
  },
  {
    ...DAY_CASE,
    name: 'Chinese headers',
    file: '历史数据.csv',
    bytes: text(
      '"日期","收盘","开盘","高","低","交易量","涨跌幅"',
      ...days(
        (t, { o, h, l, c, v }) =>
          [
            `${year(t)}年${t.getUTCMonth() + 1}月${t.getUTCDate()}日`,
            ...[c, o, h, l].map(thousands),
            `${v / 1000}K`,
            '0.39%',
          ]
            .map((x) => `"${x}"`)
            .join(','),
        'newest first',
      ),
    ),
    repairs: ['newest_first'],
  },
  {
    ...DAY_CASE,
    name: 'Chinese headers in GBK',
    file: 'gbk.csv',
    bytes: () =>
      Buffer.concat([
        // date, open, high, low, close, volume
        Buffer.from('c8d5c6da', 'hex'),
        Buffer.from(',', 'ascii'),
        ...['bfaac5cc', 'd7eeb8df', 'd7eeb5cd', 'cad5c5cc', 'b3c9bdbbc1bf'].flatMap((name, i) => [
          ...(i > 0 ? [Buffer.from(',')] : []),
          Buffer.from(name, 'hex'),
        ]),
        Buffer.from(`\n${days((t, { o, h, l, c, v }) => [iso(t), o, h, l, c, v].join(',')).join('\n')}\n`),
      ]),
  },
  {
    ...DAY_CASE,
    name: 'no header, with stated columns',
    file: 'bare.csv',
    bytes: text(...days((t, { o, h, l, c, v }) => [iso(t), 'x', c, o, h, l, v].join(','))),
    options: { columns: 'date,-,close,open,high,low,volume' },
  },
  {
    ...DAY_CASE,
    name: 'rows in no order, with one doubled',
    file: 'mixed.csv',
    bytes: () => {
      const [a, b, c] = days((t, { o, h, l, c: close, v }) => [iso(t), o, h, l, close, v].join(','));
      return Buffer.from(['date,open,high,low,close,volume', b, a, c, b].join('\n'));
    },
    options: { sort: true },
    repairs: ['sorted', 'duplicate_rows'],
  },
  {
    ...DAY_CASE,
    name: 'bad rows, left out where that is wanted',
    file: 'broken.csv',
    bytes: () => {
      const [a, b, c] = days((t, { o, h, l, c: close, v }) => [iso(t), o, h, l, close, v].join(','));
      return Buffer.from(['date,open,high,low,close,volume', a, '2024-01-02,x,1,1,1,1', b, 'total', c].join('\n'));
    },
    options: { skip_bad: true },
    repairs: ['bad_rows', 'bad_rows'],
  },
];
