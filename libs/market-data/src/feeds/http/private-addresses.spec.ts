import { isPrivateAddress } from './private-addresses';

describe('an address that a feed may name', () => {
  it.each([
    ...['127.0.0.1', '127.8.9.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
    ...['0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd00::1', '::ffff:8.8.8.8'],
    ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'localhost', ''],
  ])('%s is not public', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '1.1.1.1', '2606:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
