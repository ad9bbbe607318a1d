// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A client of node's ws: wsclient.js URL CA TEXT. Sends the text, prints what comes back, closes with 1000.
'use strict';
const fs = require('fs');
const WebSocket = require('ws');

const [url, ca, text] = process.argv.slice(2);
const socket = new WebSocket(url, { ca: fs.readFileSync(ca) });
socket.on('open', () => socket.send(text));
socket.on('message', (data) => {
    console.log(data.toString());
    socket.close(1000, 'heard it');
});
socket.on('close', (code) => process.exit(code === 1000 ? 0 : 1));
