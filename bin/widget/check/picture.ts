/** What a picture is, told by its bytes. */
export interface Picture {
  format: 'png' | 'jpeg' | 'gif';
  width: number;
  height: number;
  isAnimated: boolean;
}

/** @returns undefined if it is none of the formats that amoCRM takes, or a broken one */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const data = Buffer.from(bytes);
  try {
    return readPng(data) ?? readGif(data) ?? readJpeg(data);
  } catch {
    return undefined; // it ends too early
  }
}

function readPng(data: Buffer): Picture | undefined {
  if (data.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)];
  return { format: 'png', width, height, isAnimated: data.includes('acTL', 8, 'latin1') };
}

function readGif(data: Buffer): Picture | undefined {
  if (!/^GIF8[79]a$/.test(data.toString('latin1', 0, 6))) return undefined;
  const [width, height] = [data.readUInt16LE(6), data.readUInt16LE(8)];
  return { format: 'gif', width, height, isAnimated: countFrames(data) > 1 };
}

/** Blocks as in the specification of GIF89a: an extension begins with 21, a frame with 2C, the end is 3B. */
function countFrames(data: Buffer): number {
  const tableBytes = (flags: number) => ((flags & 0x80) > 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(data.readUInt8(10));
  let frames = 0;
  while (data.readUInt8(at) !== 0x3b) {
    const isFrame = data.readUInt8(at) === 0x2c;
    if (isFrame) frames += 1;
    at += isFrame ? 11 + tableBytes(data.readUInt8(at + 9)) : 2;
    while (data.readUInt8(at) !== 0) at += data.readUInt8(at) + 1;
    at += 1;
  }
  return frames;
}

function readJpeg(data: Buffer): Picture | undefined {
  if (data.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (!isFrameHeader(data.readUInt8(at + 1))) at += 2 + data.readUInt16BE(at + 2);
  const [height, width] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7)];
  return { format: 'jpeg', width, height, isAnimated: false };
}

/** SOF0 … SOF15, without the three of the same range that mean something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
