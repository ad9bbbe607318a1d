// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A client of node's ws: node nodeclient.js URL [SUBPROTOCOL...]. Sends text, bytes and a ping, closes with 3000, and prints
// what it got as one JSON object.
'use strict';
const WebSocket = require('ws');

const [url, ...subprotocols] = process.argv.slice(2);
const result = { texts: [], binaries: [] };
const socket = new WebSocket(url, subprotocols, { origin: 'http://node.example' });

socket.on('open', () => {
    result.protocol = socket.protocol;
    socket.send('from node');
    socket.send(Buffer.from([0, 255, 13, 10]));
    socket.ping('are you there');
});
socket.on('message', (data, isBinary) => {
    (isBinary ? result.binaries : result.texts).push(isBinary ? data.toString('hex') : data.toString());
});
socket.on('pong', (payload) => {
    result.pong = payload.toString();
    socket.close(3000, 'node is done');
});
socket.on('unexpected-response', (request, response) => {
    result.status = response.statusCode;
    let body = '';
    response.on('data', (data) => { body += data; });
    response.on('end', () => {
        result.body = body;
        console.log(JSON.stringify(result));
    });
});
socket.on('close', (code, reason) => {
    result.code = code;
    result.reason = reason.toString();
    console.log(JSON.stringify(result));
});
