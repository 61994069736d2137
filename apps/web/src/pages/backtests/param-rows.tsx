import { Button, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApiProblem } from '../../api/problem';
import { countOf, paramOf, valuesProblem, type Sweepable } from './sweep-params';

interface Row {
  path: string | null;
  text: string;
}

const EMPTY: Row = { path: null, text: '' };

/** Which parameters are varied over which values, as they are typed. */
export function useParamRows(offered: readonly Sweepable[], count: number) {
  const [rows, setRows] = useState<Row[]>(() => Array.from({ length: count }, () => EMPTY));
  const valueOf = (path: string) => offered.find((entry) => entry.path === path)?.value ?? 0;
  const params = rows.flatMap(({ path, text }) => (path && text.trim() ? [paramOf(path, text, valueOf(path))] : []));
  const problemOf = ({ path, text }: Row) =>
    path && text.trim() ? valuesProblem(paramOf(path, text, valueOf(path)), valueOf(path)) : undefined;
  const counts = params.map(countOf);
  return {
    rows,
    params,
    problemOf,
    valueOf,
    isReady: params.length > 0 && rows.every((row) => !problemOf(row)),
    /** Null where the values of a parameter are not known here. */
    cells: counts.includes(null) ? null : counts.reduce<number>((product, own) => product * (own ?? 1), 1),
    add: () => setRows([...rows, EMPTY]),
    change: (index: number, part: Partial<Row>) =>
      setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row))),
  };
}

interface Props {
  of: ReturnType<typeof useParamRows>;
  offered: readonly Sweepable[];
  /** What the service has refused. */
  problem: ApiProblem | undefined;
  /** How values are written, until a parameter is chosen whose own value says it. */
  example: string;
}

export function ParamRows({ of, offered, problem, example }: Props) {
  const { rows, problemOf, valueOf, change, add } = of;
  return (
    <>
      {rows.map((row, index) => (
        <SimpleGrid key={index} cols={{ base: 1, sm: 2 }}>
          <Select
            label={`Parameter ${index + 1}`}
            searchable
            clearable
            placeholder="Choose"
            data={offered.map(({ path, label, value }) => ({
              value: path,
              label: `${label} (now ${String(value)})`,
            }))}
            value={row.path}
            error={problem?.of(`params[${index}].path`)}
            onChange={(path) => change(index, { path })}
          />
          <TextInput
            label={`Values of parameter ${index + 1}`}
            value={row.text}
            placeholder={row.path ? String(valueOf(row.path)) : example}
            error={problemOf(row) ?? problem?.of(`params[${index}].range`) ?? problem?.of(`params[${index}].values`)}
            onChange={(event) => change(index, { text: event.currentTarget.value })}
          />
        </SimpleGrid>
      ))}
      <Group>
        <Button size="xs" variant="default" onClick={add}>
          Another parameter
        </Button>
      </Group>
    </>
  );
}
