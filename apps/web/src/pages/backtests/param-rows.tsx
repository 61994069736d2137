import { Button, CloseButton, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useId, useRef, useState, type FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import type { ApiProblem } from '../../api/problem';
import { countOf, type Sweepable } from './sweep-params';
import { emptyRow, isEmptyRow, neighbourOf, paramsOf, rowProblems, type RowField, type TypedRow } from './typed-params';

/** Which parameters are varied over which values, as they are typed. */
export function useParamRows(offered: readonly Sweepable[], count: number) {
  const id = useId();
  const [rows, setRows] = useState<TypedRow[]>(() => Array.from({ length: count }, (_, key) => emptyRow(key)));
  /** Never one that a removed row had: the API may have said something of that. */
  const nextKey = useRef(count);
  /** Rows that the newest request was made of: the API names them by their place in it. */
  const [sent, setSent] = useState<readonly number[]>([]);
  const params = paramsOf(rows, offered);
  const problems = rowProblems(rows, offered);
  const first = problems.findIndex((problem) => problem !== null);
  const counts = params.map(countOf);
  const idOf = (key: number, part: RowField | 'remove') => `${id}-${key}-${part}`;
  const addId = `${id}-add`;
  return {
    rows,
    params,
    idOf,
    addId,
    isReady: params.length > 0 && first < 0,
    /** Nothing was typed yet. */
    isEmpty: rows.every(isEmptyRow),
    /** What stands in the way, in words. */
    obstacle: first < 0 ? undefined : `Parameter ${first + 1}: ${problems[first]!.message}`,
    /** Null where the values of a parameter are not known here. */
    cells: counts.includes(null) ? null : counts.reduce<number>((product, own) => product * (own ?? 1), 1),
    /** What is said at a field: by the page, or by the API of the newest request. */
    errorAt(index: number, field: RowField, refused: ApiProblem | undefined): string | undefined {
      const row = rows[index]!;
      const own = problems[index];
      if (own && (row.isLeft || !own.isMissing)) return own.field === field ? own.message : undefined;
      const at = sent.indexOf(row.key);
      const names = field === 'path' ? ['path'] : ['range', 'log_range', 'values'];
      return names.map((name) => refused?.of(`params[${at}].${name}`)).find(Boolean);
    },
    valueOf: (path: string) => offered.find((entry) => entry.path === path)?.value ?? 0,
    add() {
      setRows([...rows, emptyRow(nextKey.current)]);
      nextKey.current += 1;
    },
    change: (key: number, part: Partial<TypedRow>) =>
      setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row))),
    remove(key: number) {
      const next = neighbourOf(rows, key);
      flushSync(() => setRows(rows.filter((row) => row.key !== key)));
      document.getElementById(next === null ? addId : idOf(next, 'remove'))?.focus();
    },
    /** Whether a request can be made of them; otherwise every fault is shown, and the first one gets the focus. */
    check(): boolean {
      if (first < 0) {
        setSent(rows.filter((row) => !isEmptyRow(row)).map(({ key }) => key));
        return params.length > 0;
      }
      flushSync(() => setRows(rows.map((row) => ({ ...row, isLeft: true }))));
      document.getElementById(idOf(rows[first]!.key, problems[first]!.field))?.focus();
      return false;
    },
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
  const { rows, errorAt, idOf, addId, valueOf, change, add, remove } = of;
  const leave = (row: TypedRow) => (event: FocusEvent<HTMLElement>) => {
    const next = event.relatedTarget;
    // only to another field: what is said here moves what lies below it, and a button that moves under the pointer is not pressed
    if (!(next instanceof HTMLInputElement) || event.currentTarget.contains(next)) return;
    if (row.isLeft || isEmptyRow(row)) return;
    change(row.key, { isLeft: true });
  };
  return (
    <>
      {rows.map((row, index) => (
        <Group
          key={row.key}
          role="group"
          aria-label={`Parameter ${index + 1} and its values`}
          wrap="nowrap"
          align="flex-start"
          gap="xs"
          onBlur={leave(row)}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} flex={1}>
            <Select
              id={idOf(row.key, 'path')}
              label={`Parameter ${index + 1}`}
              searchable
              clearable
              placeholder="Choose"
              data={offered.map(({ path, label, value }) => ({
                value: path,
                label: `${label} (now ${String(value)})`,
              }))}
              value={row.path}
              error={errorAt(index, 'path', problem)}
              onChange={(path) => change(row.key, { path })}
            />
            <TextInput
              id={idOf(row.key, 'values')}
              label={`Values of parameter ${index + 1}`}
              value={row.text}
              placeholder={row.path ? String(valueOf(row.path)) : example}
              error={errorAt(index, 'values', problem)}
              onChange={(event) => change(row.key, { text: event.currentTarget.value })}
            />
          </SimpleGrid>
          <CloseButton
            id={idOf(row.key, 'remove')}
            mt={26}
            aria-label={`Remove parameter ${index + 1}`}
            onClick={() => remove(row.key)}
          />
        </Group>
      ))}
      <Group>
        <Button id={addId} size="xs" variant="default" onClick={add}>
          Another parameter
        </Button>
      </Group>
    </>
  );
}
