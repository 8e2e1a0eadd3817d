import { Overrider } from '../../src/policy/overrider';
import { messageOf } from '../core/fake-instance';

test.each([
  [
    { registry: 'https://mirror.example' },
    '"https://mirror.example" cannot be the registry of an image\n  fix: give host and port only, such as mirror.example:5000',
  ],
  [
    { repository: 'shop/web:1' },
    '"shop/web:1" cannot be the repository of an image\n  fix: give the path only, such as shop/web; registry and tag have props of their own',
  ],
  [
    { tag: '-1' },
    '"-1" cannot be the tag of an image\n  fix: use at most 128 letters, digits, _, . and -, beginning with none of . and -',
  ],
  [
    { digest: 'sha256:1' },
    '"sha256:1" cannot be the digest of an image\n  fix: give algorithm and hash, such as sha256: and 64 hexadecimal digits',
  ],
  [{ container: 'web' }, 'Overrider.image changes nothing\n  fix: give `registry`, `repository`, `tag` or `digest`'],
  [
    { tag: '1', digest: `sha256:${'0'.repeat(64)}` },
    `an image has either a tag or a digest in Karmada, got both "1" and "sha256:${'0'.repeat(64)}"\n  fix: give one of the two`,
  ],
])('image %j fails', (image, message) => {
  expect(messageOf(() => Overrider.image(image))).toBe(message);
});

const KEY_RULE =
  'use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front';

test.each([
  [() => Overrider.env('', 'a'), '"" cannot be the name of an environment variable\n  fix: give a name without ='],
  [
    () => Overrider.removeEnv('A=B'),
    '"A=B" cannot be the name of an environment variable\n  fix: give a name without =',
  ],
  [() => Overrider.label('a b', 'c'), `"a b" cannot be the key of a label\n  fix: ${KEY_RULE}`],
  [
    () => Overrider.label('a', 'b c'),
    '"b c" cannot be the value of the label "a"\n  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
  ],
  [() => Overrider.removeLabel('/'), `"/" cannot be the key of a label\n  fix: ${KEY_RULE}`],
  [() => Overrider.annotation('a b', 'c d'), `"a b" cannot be the key of an annotation\n  fix: ${KEY_RULE}`],
  [() => Overrider.removeAnnotation(''), `"" cannot be the key of an annotation\n  fix: ${KEY_RULE}`],
])('what cannot be a name fails', (act, message) => {
  expect(messageOf(act)).toBe(message);
});
