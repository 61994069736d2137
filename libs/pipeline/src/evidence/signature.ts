import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Signature } from '@assay/contracts';
import { canonicalJson } from '@assay/primitives';

/** An Ed25519 key pair in PEM, and what it is called: the SHA-256 of its public key in DER. */
export interface SigningKeyPair {
  keyId: string;
  publicKey: string;
  privateKey: string;
}

export function newSigningKey(): SigningKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
}

/** @throws Error for a text that is no public key */
export function keyIdOf(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** Whether a text is an Ed25519 public key in PEM. */
export function isEd25519(publicKey: string): boolean {
  try {
    return createPublicKey(publicKey).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

const messageOf = (statement: object): Buffer => Buffer.from(canonicalJson(statement), 'utf8');

export function signed<S extends object>(statement: S, key: SigningKeyPair): { statement: S; signature: Signature } {
  const value = sign(null, messageOf(statement), createPrivateKey(key.privateKey)).toString('base64');
  return {
    statement,
    signature: { algorithm: 'Ed25519', key_id: key.keyId, public_key: key.publicKey, value },
  };
}

/** Whether the holder of `publicKey` has signed exactly this statement. */
export function isSignedBy(statement: object, signature: Pick<Signature, 'value'>, publicKey: string): boolean {
  if (!isEd25519(publicKey)) return false;
  return verify(null, messageOf(statement), createPublicKey(publicKey), Buffer.from(signature.value, 'base64'));
}
