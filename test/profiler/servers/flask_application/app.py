from flask import Flask
from work import work_of_first, work_of_second

app = Flask(__name__)


@app.get('/first/')
def first():
    work_of_first()
    return 'first'


@app.get('/second/')
def second():
    work_of_second()
    return 'second'


@app.get('/item/<int:number>')
def item(number):
    return 'item %d' % number


@app.get('/fails/')
def fails():
    raise LookupError('no such item')
