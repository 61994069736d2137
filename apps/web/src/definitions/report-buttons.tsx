import { Button, Group } from '@mantine/core';

const FORMATS = [
  { format: 'html', name: 'As a page to print (HTML)' },
  { format: 'json', name: 'As data (JSON)' },
] as const;

/** A report as a file that stands by itself. @param path of its route, below /api */
export function ReportButtons({ path, query }: { path: string; query?: Record<string, string> }) {
  return (
    <Group>
      {FORMATS.map(({ format, name }) => (
        <Button
          key={format}
          component="a"
          variant="default"
          href={`/api${path}?${new URLSearchParams({ format, ...query })}`}
          download
        >
          {name}
        </Button>
      ))}
    </Group>
  );
}
