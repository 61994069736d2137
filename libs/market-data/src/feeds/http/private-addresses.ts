import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet: loopback, private, link-local (the metadata of clouds), shared, multicast, reserved. */
const IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
const PUBLIC_IPV6 = '2000::/3';
/** Within the public range: tunnels that carry an IPv4 address, documentation. */
const IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const notPublic4 = listOf(IPV4, 'ipv4');
const public6 = listOf([PUBLIC_IPV6], 'ipv6');
const notPublic6 = listOf(IPV6, 'ipv6');

/** Whether an IP address lies outside of the public internet; what is no address does. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return notPublic4.check(address, 'ipv4');
  if (family === 6) return !public6.check(address, 'ipv6') || notPublic6.check(address, 'ipv6');
  return true;
}

/** Whether the operator allows a host, with or without its port, an address outside of the public internet. */
export const mayBePrivate = ({ host, hostname }: URL, privateHosts: readonly string[]): boolean =>
  privateHosts.some((allowed) => allowed === host || allowed === hostname);

/** The address that stands in a URL in place of a name, where it lies outside of the public internet; else null. */
export function privateAddressOf({ hostname }: URL): string | null {
  const name = hostname.replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 && isPrivateAddress(name) ? name : null;
}
