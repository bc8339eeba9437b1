import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  commandWords,
  listeningPorts,
  socketInode,
  startTimeMs,
} from '../../../src/attach/procFiles';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 64701 1 0000000000000000 100 0 0 10 0
   1: 0100007F:8FC5 0100007F:1F40 01 00000000:00000000 03:000009D8 00000000  1000        0 64702 3 0000000028577073
`;

const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 88123 1 0000000000000000 100 0 0 10 0
`;

describe('the files of /proc', () => {
  it('tell listening ports by inode, and no others', () => {
    assert.deepEqual([...listeningPorts(TCP)], [['64701', 8000]]);
    assert.deepEqual([...listeningPorts(TCP6)], [['88123', 8080]]);
    assert.deepEqual([...listeningPorts('')], []);
  });

  it('tell which descriptors are sockets', () => {
    assert.equal(socketInode('socket:[64701]'), '64701');
    assert.equal(socketInode('pipe:[64701]'), undefined);
    assert.equal(socketInode('/tmp/socket:[1]'), undefined);
  });

  it('tell the words of a command line, empty ones too', () => {
    assert.deepEqual(commandWords('python\0-c\0a b\0\0x\0'), ['python', '-c', 'a b', '', 'x']);
    assert.deepEqual(commandWords('gunicorn: master [shop]\0\0\0'), ['gunicorn: master [shop]']);
  });

  it('tell the start, whatever the program is called', () => {
    const stat = `42 (a) b (c) S 1 ${'0 '.repeat(17)}12345 0 0`;
    assert.equal(startTimeMs(stat, 'cpu 1 2\nbtime 1000\nprocesses 3\n'), 1_123_450);
    assert.equal(startTimeMs(stat, 'cpu 1 2\n'), undefined);
  });
});
