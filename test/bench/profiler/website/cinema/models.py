from django.db import models


class Film(models.Model):
    title = models.CharField(max_length=100)
    minutes = models.PositiveIntegerField()

    def label(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        return '%s (%d:%02d)' % (self.title, hours, minutes)


class Showing(models.Model):
    film = models.ForeignKey(Film, on_delete=models.CASCADE)
    starts = models.DateTimeField()
    room = models.CharField(max_length=20)
    seats = models.PositiveIntegerField()


class Guest(models.Model):
    name = models.CharField(max_length=100)
    mail = models.EmailField()
    since = models.DateField()


class Booking(models.Model):
    showing = models.ForeignKey(Showing, on_delete=models.CASCADE)
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE)
    places = models.PositiveIntegerField()
