import { Kbd, Modal, Table } from '@mantine/core';
import { PAGES } from './navigation';

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const rows: [string, string][] = [
    ['?', 'This list'],
    ...PAGES.map(({ key, label }): [string, string] => [`g ${key}`, label]),
  ];
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Keys</Table.Th>
            <Table.Th scope="col">Goes to</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([keys, label]) => (
            <Table.Tr key={keys}>
              <Table.Td>
                {keys.split(' ').map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
